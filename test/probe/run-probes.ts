import { Account } from './account.ts'
import { isOk } from './answer.ts'
import { cleanUp } from './clean-up.ts'
import type { LeftOver } from './clean-up.ts'
import { interruptible } from './clock.ts'
import type { Clock } from './clock.ts'
import { Ledger } from './ledger.ts'
import { missingEquipment } from './missing-equipment.ts'
import { observe } from './observations.ts'
import { Pace } from './pace.ts'
import { stillOpen } from './probe.ts'
import type { Finding, Kit, Probe } from './probe.ts'
import { TolokaClient } from './toloka-client.ts'

export interface Assignment {
  readonly origin: string
  readonly token: string
  readonly probes: readonly Probe[]
  readonly equipment: Pick<Kit, 'tolokers' | 'webhooks' | 'foreignPool' | 'burst'>
  /** Null where nobody has to be spared. */
  readonly requestsPerSecond: number | null
  readonly clock: Clock
  /** Aborted by Ctrl-C: the rest is not asked, but everything is cleaned up. */
  readonly signal: AbortSignal
  /** Told what goes on. */
  readonly say: (text: string) => void
}

export interface Outcome {
  readonly findings: readonly Finding[]
  readonly leftOver: readonly LeftOver[]
  /** Requests that may have made something, but had no answer. */
  readonly doubtful: readonly string[]
  /** What went wrong, in words. */
  readonly failures: readonly string[]
  readonly isInterrupted: boolean
}

/** Runs the probes one after the other, and cleans up whatever happens. */
export async function runProbes(assignment: Assignment): Promise<Outcome> {
  const { origin, token, requestsPerSecond, signal, say } = assignment
  const clock = interruptible(assignment.clock, signal)
  const ledger = new Ledger()
  const pace = requestsPerSecond === null ? null : new Pace(assignment.clock, requestsPerSecond)
  const client = new TolokaClient({ origin, token, ledger, pace, signal })
  const account = new Account(client, clock)
  const kit: Kit = { ...assignment.equipment, client, account, clock }
  const findings: Finding[] = []
  const failures: string[] = []
  try {
    const requester = await client.get('/requester')
    if (!isOk(requester)) {
      failures.push(`Toloka does not accept the token: it answered ${requester.status}.`)
      return { findings, leftOver: [], doubtful: [], failures, isInterrupted: false }
    }
    for (const probe of assignment.probes) {
      say(`${probe.name}: ${probe.does}`)
      findings.push(...(await askOne(probe, kit, signal, failures)))
    }
  } catch (error) {
    failures.push(inWords(error))
  }
  findings.push(...observe(client.answers))
  say('Cleaning up …')
  const cleaner = new TolokaClient({ origin, token, ledger, pace })
  const leftOver = await cleanUp(cleaner, ledger, assignment.clock)
  const { doubtful } = ledger
  return { findings, leftOver, doubtful, failures, isInterrupted: signal.aborted }
}

async function askOne(
  probe: Probe,
  kit: Kit,
  signal: AbortSignal,
  failures: string[],
): Promise<readonly Finding[]> {
  const open = (why: string): readonly Finding[] =>
    probe.questions.map((question) => stillOpen(question, why))
  const obstacle = missingEquipment(probe.needs, kit)
  if (obstacle !== null) return open(obstacle)
  try {
    return await probe.ask(kit)
  } catch (error) {
    if (signal.aborted) return open('The run was interrupted.')
    failures.push(`${probe.name}: ${inWords(error)}`)
    return open(`The probe failed: ${inWords(error)}`)
  }
}

/** An error with its causes, in one line. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${inWords(error.cause)}`
}
