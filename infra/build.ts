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

/** The file of the AWS SDK that looks for its settings, and what looks for them in a function. */
const configuration: Plugin = {
  name: 'configuration',
  setup: (bundling) => {
    const filter = /@smithy\/core\/.*\/node-config-provider\/configLoader\.js$/
    bundling.onLoad({ filter }, () => ({
      contents: "export { loadConfig } from './infra/lambda-configuration.ts'",
      resolveDir: root,
    }))
  },
}

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['webhook', 'wake-up', 'sweep'].map((name) => `functions/handlers/${name}.ts`),
  outdir: bundles,
  bundle: true,
  minify: true,
  // Written as ES modules, bundled as CommonJS: where an ES module imports `node:http`, Node makes
  // all of its exports, WebSocket among them, which loads another HTTP client. docs/performance.md
  format: 'cjs',
  supported: { 'dynamic-import': false },
  platform: 'node',
  target: 'node24',
  // What is not called is left out of ES modules only.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './infra/lambda-credentials.ts' },
  // Loaded only by services that answer with streams of events; none of ours does.
  external: ['@smithy/core/event-streams'],
  plugins: [onlyVersions, configuration],
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
// Not packaged: it tells Node here what Lambda takes for granted where no package.json is.
await writeFile(join(bundles, 'package.json'), '{ "type": "commonjs" }\n')
await writeFile(metafilePath, JSON.stringify(metafile))
