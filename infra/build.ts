import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import * as z from 'zod/mini'

const root = dirname(import.meta.dirname)
const bundles = join(root, 'dist')
/** Beside the bundles they would get into the packages, and make cold starts slower. */
const sourceMaps = join(root, 'build/source-maps')

const manifest = z.object({ version: z.string() })

/** Which files became part of which bundle. */
const metafilePath = join(root, 'build/metafile.json')

/** Each client imports its package.json to name its version; the rest of it would come along. */
const onlyVersions: Plugin = {
  name: 'only-versions',
  setup: (bundling) => {
    bundling.onLoad({ filter: /node_modules\/.*\/package\.json$/ }, async ({ path }) => {
      const { version } = z.parse(manifest, JSON.parse(await readFile(path, 'utf8')))
      return { contents: JSON.stringify({ version }), loader: 'json' }
    })
  },
}

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['webhook', 'wake-up', 'sweep'].map((name) => `functions/handlers/${name}.ts`),
  outdir: bundles,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The CommonJS builds of the AWS SDK call require(), which an ES module does not have: such a
  // bundle is built without a word and dies at its start.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './infra/lambda-credentials.ts' },
  // Loaded only by services that answer with streams of events; none of ours does.
  external: ['@smithy/core/event-streams'],
  plugins: [onlyVersions],
  legalComments: 'none',
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
await writeFile(metafilePath, JSON.stringify(metafile))
