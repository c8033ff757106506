import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { functionBundling } from '../../../infra/bundling.ts'
import type { FunctionName } from '../../handlers/stack.ts'
import { buildFunctions } from '../../infra/package-stack.ts'

export const functionNames = ['webhook', 'wake-up', 'sweep'] as const

/** Paths of what can be started. */
export interface ColdStartBundles {
  /** The program that starts a bundle; `cold-start-process.ts`. */
  readonly program: string
  /** A handler that does nothing, bundled as the functions are. */
  readonly empty: string
  /** As it is packaged. */
  readonly ours: (name: FunctionName) => string
  /** The same source, as `esbuild --bundle --platform=node` makes it. */
  readonly naive: (name: FunctionName) => string
}

export const bytesOf = (bundle: string): number => statSync(bundle).size

/** @param name of the folder in which they are built, one for each who builds */
export async function buildColdStarts(name: string): Promise<ColdStartBundles> {
  const folder = await buildFunctions(name)
  const program = join(folder, 'build/program.mjs')
  const empty = join(folder, 'dist/empty.js')
  const naive = join(folder, 'build/naive')
  await build({
    absWorkingDir: folder,
    entryPoints: functionNames.map((one) => `functions/handlers/${one}.ts`),
    outdir: naive,
    bundle: true,
    platform: 'node',
    // Where it is, .js is the name of ES modules.
    outExtension: { '.js': '.cjs' },
    logLevel: 'error',
  })
  await build({
    ...functionBundling,
    stdin: { contents: 'export async function handler() { return { statusCode: 200 } }' },
    outfile: empty,
  })
  await build({
    ...functionBundling,
    entryPoints: [resolve('test/bench/cold-start/cold-start-process.ts')],
    format: 'esm',
    outfile: program,
  })
  return {
    program,
    empty,
    ours: (one) => join(folder, `dist/${one}.js`),
    naive: (one) => join(naive, `${one}.cjs`),
  }
}
