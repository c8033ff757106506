import type { Look } from '../domain/decision.ts'
import type { Despite, Override } from '../domain/override.ts'
import { changeByOperator, isAskedFor, type OperatorAnswer } from './change-by-operator.ts'
import type { Dependencies } from './dependencies.ts'
import { readLook } from './read-look.ts'

/** What "archive now" came to. */
export interface ArchiveNowResult {
  /** `blocked`: the rule keeps the pool for a reason that is not ours to pass over. */
  readonly answer: OperatorAnswer | 'blocked' | 'only-watching'
  /** What the rule says without our grace and margin: it may still have to wait. */
  readonly look: Look
}

/**
 * Asks for a pool to be archived as soon as Toloka's own rules allow it: at once, or when the
 * appeals are over. Skips only our grace and a longer margin than an hour, and by name one of the lines that keep
 * abandoned pools for ever; never the nine days, and never pending work.
 *
 * @throws TolokaError
 */
export async function archiveNow(
  dependencies: Dependencies,
  poolId: string,
  { by, despite }: { readonly by: string; readonly despite: Despite | null },
): Promise<ArchiveNowResult> {
  const { store, toloka, clock, settings } = dependencies
  const { lastStartedAt, lastStoppedAt } = (await toloka.readPool(poolId)).value
  const override: Override = { by, since: clock.now(), despite, lastStartedAt, lastStoppedAt }
  const hold = (await store.get(poolId))?.hold ?? null
  const look = await readLook(dependencies, { hold, override }, poolId)
  if (!['wait', 'archive'].includes(look.verdict.action)) return { answer: 'blocked', look }
  if (settings.observing) return { answer: 'only-watching', look }

  const answer = await changeByOperator(dependencies, poolId, (now, record) => {
    if (isAskedFor(record)) return 'too-late'
    const { reason } = record
    const detail = `To be archived at once, by ${by}.`
    return { transition: 'postpone', reason, detail, dueAt: now, override }
  })
  return { answer, look }
}
