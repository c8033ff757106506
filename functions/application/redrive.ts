import type { Dependencies } from './dependencies.ts'
import { parseWakeUp } from './parse-wake-up.ts'
import type { DeadLetter, DeadLetterBox } from './operator-ports.ts'

/** A dead letter, and the pool that it is about; null if it is no wake-up that is known here. */
export interface ReadDeadLetter {
  readonly letter: DeadLetter
  readonly poolId: string | null
}

export async function readDeadLetters(
  box: DeadLetterBox,
  limit: number,
): Promise<readonly ReadDeadLetter[]> {
  const letters = await box.list(limit)
  return letters.map((letter) => ({ letter, poolId: parseWakeUp(letter.message)?.poolId ?? null }))
}

export interface Redriven {
  /** Letters that are wake-ups again. */
  readonly redriven: number
  readonly dropped: number
  /** Letters that are no wake-ups, and stay. */
  readonly kept: number
}

/**
 * Has the pools of dead letters looked at again. Safe at any age, and twice: a wake-up only says
 * "look at pool X", so it goes back as a hint, and is taken out of the box after that.
 */
export async function redrive(
  { wakeUps, clock }: Pick<Dependencies, 'wakeUps' | 'clock'>,
  box: DeadLetterBox,
  letters: readonly ReadDeadLetter[],
  { dropUnreadable }: { readonly dropUnreadable: boolean },
): Promise<Redriven> {
  let [redriven, dropped, kept] = [0, 0, 0]
  for (const { letter, poolId } of letters) {
    if (poolId === null && !dropUnreadable) {
      kept += 1
      continue
    }
    if (poolId !== null) {
      await wakeUps.request({ version: 1, poolId, cause: 'hint', dueAt: clock.now() })
    }
    await box.remove(letter)
    if (poolId === null) dropped += 1
    else redriven += 1
  }
  return { redriven, dropped, kept }
}
