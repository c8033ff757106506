import * as z from 'zod/mini'

const property = z.object({ name: z.string(), value: z.string() })

const componentSchema = z.looseObject({ 'bom-ref': z.string(), properties: z.array(property) })
type Component = z.infer<typeof componentSchema>

/** The parts of npm's list in CycloneDX that change here; the others are kept as they are. */
const listing = z.looseObject({
  serialNumber: z.optional(z.string()),
  metadata: z.looseObject({
    timestamp: z.optional(z.string()),
    component: z.looseObject({ name: z.string(), 'bom-ref': z.string() }),
  }),
  components: z.array(componentSchema),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
})

/** npm's mark of what only developers need. */
const development = 'cdx:npm:package:development'
/** Ours of what is part of a function on AWS. */
const bundledInto = 'toloka-pool-archiver:bundledInto'

/**
 * What is handed out, in CycloneDX: the packages by which the archiver runs on one machine, and
 * which of them are part of which function. The same packages make the same text.
 *
 * @param npmListing all packages of the lock file, as `npm sbom` lists them
 * @param bundled the packages in bundles, as `name@version`, and in which
 * @throws Error if a bundle holds a package that is not handed out
 */
export function createSbom(
  npmListing: string,
  bundled: ReadonlyMap<string, readonly string[]>,
): string {
  const { serialNumber: _, metadata, ...all } = listing.parse(JSON.parse(npmListing))
  const { timestamp: __, component, ...origin } = metadata
  const components = all.components
    .filter(({ properties }) => !properties.some((one) => one.name === development))
    .map((one) => markBundles(one, bundled.get(one['bom-ref']) ?? []))
  const listed = new Set(components.map((one) => one['bom-ref']))
  const missing = [...bundled.keys()].filter((id) => !listed.has(id))
  if (missing.length > 0) throw new Error(`Bundled, but no dependency: ${missing.join(', ')}`)
  const dependencies = all.dependencies
    .filter(({ ref }) => listed.has(ref) || ref === component['bom-ref'])
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((id) => listed.has(id)) }))
  // npm takes the name of the folder for that of the project.
  const name = component['bom-ref'].replace(/@[^@]*$/, '')
  const described = { ...origin, component: { ...component, name } }
  return `${JSON.stringify({ ...all, metadata: described, components, dependencies }, null, 2)}\n`
}

function markBundles(component: Component, bundles: readonly string[]): Component {
  return { ...component, properties: bundles.map((value) => ({ name: bundledInto, value })) }
}
