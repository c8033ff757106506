import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.optional(z.boolean()),
      license: z.optional(z.string()),
      integrity: z.optional(z.string()),
      resolved: z.optional(z.string()),
      hasInstallScript: z.optional(z.boolean()),
    }),
  ),
})

/** `licenses` is how packages said it long ago. */
const manifestSchema = z.object({
  license: z.optional(z.union([z.string(), z.object({ type: z.string() })])),
  licenses: z.optional(z.array(z.object({ type: z.string() }))),
})

export interface LockedPackage {
  readonly name: string
  /** Only to work on the project, never handed out. */
  readonly isTool: boolean
  /** As the package itself says, or the lock file where it is for another kind of machine. */
  readonly license: string
  readonly integrity: string
  /** From where it was downloaded; null if the lock file does not say. */
  readonly resolved: string | null
  readonly runsOnInstall: boolean
}

/** Every package in the lock file, but for the project itself. */
export function readLockedPackages(): readonly LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  return Object.entries(packages).flatMap(([path, one]) =>
    path === ''
      ? []
      : {
          name: path.replace(/.*node_modules\//, ''),
          isTool: one.dev === true,
          license: readLicense(path) ?? one.license ?? 'none',
          integrity: one.integrity ?? '',
          resolved: one.resolved ?? null,
          runsOnInstall: one.hasInstallScript === true,
        },
  )
}

function readLicense(path: string): string | null {
  const file = `${path}/package.json`
  if (!existsSync(file)) return null
  const { license, licenses } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none'
}

/** Whether an expression of licenses, such as `(MIT OR GPL-2.0)`, can be met by those allowed. */
export function isMet(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .replaceAll(/^\(|\)$/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((license) => allowed.has(license)))
}
