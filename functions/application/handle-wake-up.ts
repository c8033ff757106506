import { newRecord, type ArchivalRecord, type Decision } from '../domain/record.ts'
import { accessClosedUntil } from './access.ts'
import { afterTrouble, postponed } from './after-trouble.ts'
import type { Dependencies } from './dependencies.ts'
import { evaluatePool } from './evaluate-pool.ts'
import { followOperation } from './follow-operation.ts'
import { announceAll, perform } from './perform.ts'
import { RecordChanged, type WakeUp } from './ports.ts'
import { recoverAttempt } from './recover-attempt.ts'
import { TolokaError } from './toloka-error.ts'

/** How often one wake-up may be overtaken by others before it is put back. */
const overtakenLimit = 5
/** Steps of one handling, such as evaluate, request, verify; more of them would be a loop. */
const stepLimit = 8

/**
 * Looks at one pool, decides and performs. Whatever woke us, this is the only way through: a
 * wake-up that comes twice, late or in the wrong order finds nothing to do.
 *
 * @throws WrongAccountError if the records belong to another account
 * @throws Error if the wake-up should be tried again: the store failed, or others kept overtaking
 */
export async function handleWakeUp(dependencies: Dependencies, wakeUp: WakeUp): Promise<void> {
  const { clock, store, journal } = dependencies
  const { poolId } = wakeUp
  for (let overtaken = 0; overtaken < overtakenLimit; overtaken += 1) {
    const record = (await store.get(poolId)) ?? newRecord(poolId, clock.now())
    try {
      return await look(dependencies, record, wakeUp)
    } catch (error) {
      if (!(error instanceof RecordChanged)) throw error
      journal.write('POOL_OVERTAKEN', { poolId })
    }
  }
  throw new Error(`Pool ${poolId} was overtaken ${overtakenLimit} times; trying again later.`)
}

async function look(
  dependencies: Dependencies,
  record: ArchivalRecord,
  wakeUp: WakeUp,
): Promise<void> {
  if (record.state === 'archived') {
    await announceAll(dependencies, record)
    return
  }
  if (wakeUp.cause === 'timer' && isAhead(record, dependencies)) {
    // It is this record's own timer, early by the clock of another machine: once more, then.
    if (wakeUp.dueAt === record.dueAt) await dependencies.wakeUps.request(wakeUp)
    return
  }

  let current = record
  for (let step = 0; step < stepLimit; step += 1) {
    const decision = await decide(dependencies, current)
    if (decision === null) return
    const performed = await perform(dependencies, current, decision)
    if (!performed.lookAgain) return
    current = performed.record
  }
}

function isAhead({ version, dueAt }: ArchivalRecord, { clock }: Dependencies): boolean {
  return version > 0 && dueAt !== null && dueAt > clock.now()
}

/** Null if somebody else is at work on the pool. */
async function decide(
  dependencies: Dependencies,
  record: ArchivalRecord,
): Promise<Decision | null> {
  const { attempt, following, operations } = record
  const now = dependencies.clock.now()
  if (attempt && now < attempt.leaseUntil) return null
  try {
    const account = await dependencies.account.read()
    const closedUntil = await accessClosedUntil(dependencies, account)
    if (closedUntil !== null) return postponed(record, 'access-denied', null, now, closedUntil)
    if (attempt) return await recoverAttempt(dependencies, record, attempt)
    const operation = operations.find(({ id }) => id === following)
    if (operation) return await followOperation(dependencies, record, operation)
    return await evaluatePool(dependencies, record, account)
  } catch (error) {
    if (error instanceof TolokaError) return afterTrouble(dependencies, record, error)
    throw error
  }
}
