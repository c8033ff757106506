import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BuildOptions, Plugin } from 'esbuild'
import * as z from 'zod/mini'

const root = dirname(import.meta.dirname)

const manifest = z.object({ version: z.string() })

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

/** How a function becomes one small file that starts fast; docs/performance.md says how fast. */
export const functionBundling = {
  bundle: true,
  minify: true,
  // Written as ES modules, bundled as CommonJS: where an ES module imports `node:http`, Node makes
  // all of its exports, WebSocket among them, which loads another HTTP client.
  format: 'cjs',
  supported: { 'dynamic-import': false },
  platform: 'node',
  target: 'node24',
  // What is not called is left out of ES modules only.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(root, 'infra/lambda-credentials.ts') },
  // Loaded only by services that answer with streams of events; none of ours does.
  external: ['@smithy/core/event-streams'],
  plugins: [onlyVersions, configuration],
  legalComments: 'none',
} satisfies BuildOptions
