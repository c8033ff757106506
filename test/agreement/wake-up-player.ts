import type { WakeUps } from '../../functions/application/ports.ts'
import { toIso, type Instant } from '../../functions/domain/instant.ts'
import { takeTurns, type Turns } from './take-turns.ts'
import { describeWakeUp, type Handle, type WakeUpCall, type WakeUpGround } from './wake-up-calls.ts'

type Work = Extract<WakeUpCall, { readonly kind: 'work' }>

/**
 * Makes calls in one place, each by the next process; the answer is what was taken, and when the
 * next can be.
 */
export class WakeUpPlayer {
  readonly #ground: WakeUpGround
  readonly #next: Turns<WakeUps>
  /** When those that failed are taken again. */
  readonly #retries = new Map<string, Instant>()

  constructor(ground: WakeUpGround) {
    this.#ground = ground
    this.#next = takeTurns(ground.processes)
  }

  async play(call: WakeUpCall): Promise<unknown> {
    const process = this.#next()
    const answer =
      call.kind === 'request'
        ? await process.request(call.wakeUp)
        : await workOff(call, this.#ground, this.#retries)
    return { answer, nextAt: await this.#ground.nextAt() }
  }
}

/**
 * All that is due, the oldest first. Left open is which of those comes first that are to be taken
 * at the same time, and so which of several hints answers the others; and where something comes that is asked for again while it is handled. The
 * process that works asks for it: another one may find that asking twice was asking once.
 */
async function workOff(
  { now, manner, retryMs }: Work,
  ground: WakeUpGround,
  retries: Map<string, Instant>,
) {
  const times: string[] = []
  const taken: string[] = []
  const askedAgain = new Set<string>()

  const handle: Handle = async (wakeUp) => {
    const name = describeWakeUp(wakeUp)
    taken.push(wakeUp.cause === 'hint' ? `hint for ${wakeUp.poolId}` : name)
    if (taken.length === mostTaken) throw new Error('The work does not end.')
    if (askedAgain.has(name)) return null
    if (wakeUp.cause === 'timer') times.push(toIso(retries.get(name) ?? wakeUp.dueAt))
    retries.delete(name)
    if (manner === 'asked for again') {
      askedAgain.add(name)
      await ground.processes[0].request(wakeUp)
    }
    if (manner !== 'failed') return null
    retries.set(name, now + retryMs)
    return now + retryMs
  }

  while (await ground.workOffNext(now, handle));
  return { times, taken: [...new Set(taken)].toSorted() }
}

/** More than can be asked for. */
const mostTaken = 1000
