import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listBundledPackages } from './bundled-packages.ts'
import { createSbom } from './sbom.ts'

const root = dirname(import.meta.dirname)

// Not `--omit dev`: npm 11 then leaves out what any tool of ours happens to use as well.
const npmListing = execFileSync(
  'npm',
  ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'],
  { cwd: root, encoding: 'utf8', maxBuffer: Infinity },
)
const metafile = readFileSync(join(root, 'build/metafile.json'), 'utf8')

writeFileSync(
  join(root, 'dist/sbom.cdx.json'),
  createSbom(npmListing, listBundledPackages(root, metafile)),
)
