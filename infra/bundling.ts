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

/** Files of the AWS SDK that do what no function here asks for, and what takes their places. */
const replacements: readonly { readonly file: RegExp; readonly contents: string }[] = [
  {
    file: /@smithy\/core\/.*\/node-config-provider\/configLoader\.js$/,
    contents: `export { loadConfig } from ${JSON.stringify(join(root, 'infra/lambda-configuration.ts'))}`,
  },
  {
    // The mode of retries in which a client slows down by itself.
    file: /@smithy\/core\/.*\/util-retry\/AdaptiveRetryStrategy\.js$/,
    contents:
      "export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy'",
  },
  {
    // For a server of EC2, and a mode of defaults that finds out where it is.
    file: /@smithy\/core\/.*\/regionConfig\/getInstanceMetadataRegion\.js$/,
    contents: 'export const getInstanceMetadataRegion = async () => undefined',
  },
]

/** A file that is not there any more stops the build: nobody would notice otherwise. */
const replace: Plugin = {
  name: 'replace',
  setup: (bundling) => {
    const unused = new Set(replacements)
    for (const replacement of replacements) {
      bundling.onLoad({ filter: replacement.file }, () => {
        unused.delete(replacement)
        return { contents: replacement.contents }
      })
    }
    bundling.onEnd(({ metafile }) => {
      const usesSdk = Object.keys(metafile?.inputs ?? {}).some((file) => file.includes('@smithy/'))
      const errors = [...unused].map(({ file }) => ({ text: `There is no file ${file.source}` }))
      return usesSdk ? { errors } : {}
    })
  },
}

/** How a function becomes one small file that starts fast; docs/performance.md says how fast. */
export const functionBundling = {
  bundle: true,
  minify: true,
  // Written as ES modules, bundled as CommonJS: where an ES module imports `node:http`, Node makes
  // all of its exports, WebSocket among them, which loads another HTTP client.
  format: 'cjs',
  // And V8 looks through an arrow function more slowly than through one that says it is a function.
  supported: { 'dynamic-import': false, arrow: false },
  platform: 'node',
  target: 'node24',
  // What is not called is left out of ES modules only.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(root, 'infra/lambda-credentials.ts') },
  // Loaded only by services that answer with streams of events; none of ours does.
  external: ['@smithy/core/event-streams'],
  plugins: [onlyVersions, replace],
  legalComments: 'none',
} satisfies BuildOptions
