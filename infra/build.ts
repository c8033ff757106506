import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import { functionBundling } from './bundling.ts'

const root = dirname(import.meta.dirname)
const bundles = join(root, 'dist')
/** Beside the bundles they would get into the packages, and make cold starts slower. */
const sourceMaps = join(root, 'build/source-maps')

/** Which files became part of which bundle. */
const metafilePath = join(root, 'build/metafile.json')

const { outputFiles, metafile } = await build({
  ...functionBundling,
  absWorkingDir: root,
  entryPoints: ['webhook', 'wake-up', 'sweep'].map((name) => `functions/handlers/${name}.ts`),
  outdir: bundles,
  sourcemap: 'external',
  metafile: true,
  write: false,
  logLevel: 'warning',
})

for (const folder of [bundles, sourceMaps]) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
}
for (const { path, contents } of outputFiles) {
  await writeFile(join(path.endsWith('.map') ? sourceMaps : bundles, basename(path)), contents)
}
// Not packaged: it tells Node here what Lambda takes for granted where no package.json is.
await writeFile(join(bundles, 'package.json'), '{ "type": "commonjs" }\n')
await writeFile(metafilePath, JSON.stringify(metafile))
