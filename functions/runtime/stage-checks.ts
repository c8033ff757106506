import { green, red, yellow, type Check, type Finding } from '../application/check-up.ts'
import { parseWebhookSecret } from './setting-values.ts'
import { Unfit } from './setting.ts'

/** More wake-ups than this take the functions a while, at the usual rate. */
const manyWakeUps = 1_000

/** How to ask for what only a stack has. */
export interface StageProbes {
  readonly readWebhookSecret: () => Promise<string>
  /** Wake-ups that wait in the queue. */
  readonly countWakeUps: () => Promise<number>
  readonly countSchedules: () => Promise<{ readonly count: number; readonly isAtLeast: boolean }>
}

/** What can be told of a deployed stack only. */
export function stageChecks(probes: StageProbes): readonly Check[] {
  return [
    {
      name: 'webhook secret',
      look: () => checkSecret(probes),
      advice: 'Write a new one into the secret WebhookSecretArn of the stack: docs/deploy.md.',
    },
    {
      name: 'queue',
      look: () => checkQueue(probes),
      advice: 'Many pools take their time by MAX_REQUESTS_PER_SECOND; the logs say what fails.',
    },
    {
      name: 'schedules',
      look: () => checkSchedules(probes),
      advice: 'Deploy again: the schedule of the sweep belongs to the stack.',
    },
  ]
}

async function checkSecret({ readWebhookSecret }: StageProbes): Promise<Finding> {
  const parsed = parseWebhookSecret(await readWebhookSecret())
  return parsed instanceof Unfit ? red(`expected ${parsed.expected}`) : green('there, long enough')
}

async function checkQueue({ countWakeUps }: StageProbes): Promise<Finding> {
  const waiting = await countWakeUps()
  const text = `${waiting} waiting`
  return waiting > manyWakeUps ? yellow(text) : green(text)
}

/** That of the sweep is always there; each pool that waits for long has one more. */
async function checkSchedules({ countSchedules }: StageProbes): Promise<Finding> {
  const { count, isAtLeast } = await countSchedules()
  if (count === 0) return red('none, not even that of the sweep')
  return green(`${count}${isAtLeast ? ' or more' : ''}, that of the sweep among them`)
}
