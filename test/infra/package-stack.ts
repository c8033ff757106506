import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { parseTemplate, type Template } from './template.ts'

/** What `npm run package` reads. */
const sources = ['functions', 'infra', 'package.json', 'package-lock.json', 'serverless.yml']

export const tokenArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf'

export const slackArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf'

export interface PackagedStack {
  readonly template: Template
  readonly templateFile: string
  /** Holds `dist/` and `.serverless/`. */
  readonly folder: string
}

/** The bundles of the functions, as they are packaged, in a copy of its own; returns the folder. */
export async function buildFunctions(name: string): Promise<string> {
  const folder = copySources(name)
  await run(folder, [join(folder, 'infra/build.ts')])
  return folder
}

/** What `npm run sbom` makes, in a copy of its own; returns the folder. */
export async function buildWithSbom(name: string): Promise<string> {
  const folder = await buildFunctions(name)
  await run(folder, [join(folder, 'infra/write-sbom.ts')])
  return folder
}

/**
 * Does what `npm run package` does, but for the list of packages, in a copy of its own: without an account, without a network,
 * and beside any other.
 *
 * @param name of the copy, one for each test file that packages
 */
export async function packageStack(
  name: string,
  stage: string,
  parameters: readonly string[] = [`TOLOKA_TOKEN=${tokenArn}`],
): Promise<PackagedStack> {
  const folder = await buildFunctions(name)
  await runOsls(folder, ['package', '--stage', stage, ...parameters.map((it) => `--param=${it}`)])
  const templateFile = join(folder, '.serverless/cloudformation-template-update-stack.json')
  return { template: parseTemplate(readFileSync(templateFile, 'utf8')), templateFile, folder }
}

function copySources(name: string): string {
  const folder = resolve('build/packaged', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const source of sources) cpSync(source, join(folder, source), { recursive: true })
  return folder
}

function runOsls(folder: string, words: readonly string[]): Promise<string> {
  return run(folder, [resolve('node_modules/osls/bin/serverless.js'), ...words])
}

/** What a Node program printed, both kinds. Rejects with that if the program fails. */
async function run(folder: string, words: readonly string[]): Promise<string> {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  const environment = {
    PATH: path,
    HOME: folder,
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, {
    cwd: folder,
    env: environment,
  })
  return stdout + stderr
}
