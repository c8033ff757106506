import { delimiter, dirname, resolve } from 'node:path'
import { environmentFor } from './aws-connection.ts'
import { mustRun } from './run-command.ts'
import type { TemporaryFolder } from '../support/temporary-folder.ts'

export interface StackPlace {
  readonly endpoint: string
  readonly stage: string
  /** Where serverless.yml is. */
  readonly project: string
  /** For what osls remembers of its user. */
  readonly home: TemporaryFolder
}

export interface Osls {
  /** Builds and deploys, or updates what is deployed. */
  readonly deploy: (parameters: Readonly<Record<string, string>>) => Promise<string>
  readonly remove: (parameters: Readonly<Record<string, string>>) => Promise<string>
  /** What the stack tells of itself, by the name of each output. */
  readonly readOutputs: (
    parameters: Readonly<Record<string, string>>,
  ) => Promise<ReadonlyMap<string, string>>
}

/** osls as its user runs it, on the emulator. */
export function createOsls({ endpoint, stage, project, home }: StackPlace): Osls {
  const environment = {
    ...environmentFor(endpoint),
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: home.file('.'),
    SLS_TELEMETRY_DISABLED: '1',
    SLS_NOTIFICATIONS_MODE: 'off',
  }
  const run = (
    [program, ...words]: readonly [string, ...string[]],
    parameters: Readonly<Record<string, string>>,
    ...options: readonly string[]
  ): Promise<string> => {
    const given = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`)
    return mustRun(program, [...words, '--stage', stage, ...given, ...options], {
      folder: project,
      environment,
    })
  }
  const osls = [process.execPath, resolve('node_modules/osls/bin/serverless.js')] as const
  return {
    deploy: (parameters) => run(['npm', 'run', 'deploy', '--'], parameters),
    remove: (parameters) => run([...osls, 'remove'], parameters),
    readOutputs: async (parameters) =>
      outputsIn(await run([...osls, 'info'], parameters, '--verbose')),
  }
}

/** They are listed below a heading, indented, one a line. */
function outputsIn(text: string): ReadonlyMap<string, string> {
  const [, list = ''] = text.split('Stack Outputs:\n')
  return new Map(
    list
      .split('\n')
      .map((line) => /^ {2}(\w+): (.+)$/.exec(line))
      .flatMap((found) => (found?.[1] && found[2] ? [[found[1], found[2]]] : [])),
  )
}
