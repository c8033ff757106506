import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { startStack, type Stack } from '../handlers/stack.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import type { Said } from './command-line.ts'

/** Changes to what an operator has in the environment; undefined takes something away. */
export type OperatorEnvironment = Readonly<Record<string, string | undefined>>

/** A deployed stack, and operators with credentials for it. */
export interface StageCommandLine extends Stack {
  /** Runs a command as a process of its own, in a folder with the settings of a local archiver. */
  readonly run: (words: string, environment?: OperatorEnvironment) => Promise<Said>
  /** What a command prints with `--json` about the stage. */
  readonly json: (words: string) => Promise<unknown>
  /** Has the function handle the wake-ups that are in the queue. */
  readonly work: () => Promise<void>
}

export async function openStageCommandLine(): Promise<StageCommandLine> {
  const stack = await startStack()
  const folder = makeTemporaryFolder()
  // All wrong here: whatever of it were read would be noticed.
  writeFileSync(
    folder.file('.env'),
    'DATA_FILE=/nowhere/at.all\nTOLOKA_TOKEN=of.a-local.archiver\nTOLOKA_URL=no-origin\nPORT=x\n',
  )
  const ofOperator = {
    ...onlyAws(stack.environmentOf('wake-up')),
    HOME: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  }
  const run = async (words: string, environment: OperatorEnvironment = {}): Promise<Said> => {
    const script = resolve('functions/cli/main.ts')
    const child = spawn(process.execPath, [script, ...words.split(' ')], {
      cwd: folder.file('.'),
      env: { ...ofOperator, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [out, err, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    return { exitCode: Number(exitCode), out, err }
  }
  let worked = 0
  return Object.assign(stack, {
    run,
    json: async (words: string) => {
      const { out, err } = await run(`${words} --json --stage test`)
      if (err !== '') throw new Error(err)
      const value: unknown = JSON.parse(out)
      return value
    },
    work: async () => {
      const bodies = wakeUpsIn(stack).slice(worked)
      worked += bodies.length
      const Records = bodies.map((body, index) => ({ messageId: `message-${index}`, body }))
      await stack.invoke('wake-up', { Records })
    },
    close: closeAll(stack, () => folder.remove()),
  })
}

function closeAll({ close }: Stack, removeFolder: () => void): () => Promise<void> {
  return async () => {
    await close()
    removeFolder()
  }
}

function onlyAws(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('AWS_')))
}

const sentMessage = z.object({ QueueUrl: z.string(), MessageBody: z.string() })

function wakeUpsIn({ calls }: Stack): readonly string[] {
  return calls
    .filter(({ operation }) => operation === 'AmazonSQS.SendMessage')
    .map(({ input }) => z.parse(sentMessage, input))
    .filter(({ QueueUrl }) => QueueUrl.endsWith('/wake-ups'))
    .map(({ MessageBody }) => MessageBody)
}
