import type { Kit } from './probe.ts'

/** A pool as somebody would look for it. */
export interface PoolToWorkIn {
  readonly poolId: string
  readonly purpose: string
}

/** Whoever does the tasks. Each resolves once it is asked for; whether it is done is seen at Toloka. */
export interface Tolokers {
  /** Takes one task, and does not hand it in yet. */
  readonly take: (pool: PoolToWorkIn) => Promise<void>
  /** Hands in what was taken. */
  readonly submit: (pool: PoolToWorkIn, assignmentIds: readonly string[]) => Promise<void>
  /** Does so many tasks from first to last. */
  readonly doTasks: (pool: PoolToWorkIn, count: number) => Promise<void>
  /** How often, and for how long, to look whether it is done. */
  readonly lookEveryMs: number
  readonly patienceMs: number
}

/** Waits until there are so many answers with that status. Their ids, oldest first, or null. */
export async function awaitAnswers(
  kit: Kit,
  poolId: string,
  status: string,
  count = 1,
): Promise<readonly string[] | null> {
  const { patienceMs = 0, lookEveryMs = 1 } = kit.tolokers ?? {}
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const ids = await kit.account.answersOf(poolId, status)
    if (ids.length >= count) return ids
    if (waitedMs >= patienceMs) return null
    await kit.clock.wait(lookEveryMs)
  }
}

/** Why a question stays open if the task was not done in time. */
export const nobodyCame =
  'Needs an answer by a Toloker, and nobody took the task in time: run again with a longer --wait.'
