import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod/mini'

const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
})

const packageSchema = z.object({ name: z.string(), version: z.string() })

/** The folder of the package that a file belongs to; of the innermost one. */
const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/**
 * The packages of which something is in a bundle, as `name@version`, and in which bundles.
 *
 * @param metafile what esbuild says of its work, as JSON; its paths are relative to `root`
 */
export function listBundledPackages(
  root: string,
  metafile: string,
): ReadonlyMap<string, readonly string[]> {
  const bundlesByPackage = new Map<string, string[]>()
  for (const [path, { inputs }] of Object.entries(
    metafileSchema.parse(JSON.parse(metafile)).outputs,
  )) {
    const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    for (const folder of new Set(used.flatMap(([file]) => packageFolder.exec(file) ?? []))) {
      const id = identify(join(root, folder))
      bundlesByPackage.set(id, [...(bundlesByPackage.get(id) ?? []), basename(path, '.js')])
    }
  }
  return bundlesByPackage
}

function identify(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version } = packageSchema.parse(manifest)
  return `${name}@${version}`
}
