import { acceptance, withOperation } from '../domain/decision.ts'
import { toIso, type Instant } from '../domain/instant.ts'
import type { Operation } from '../domain/operation.ts'
import { applyDecision } from '../domain/apply-decision.ts'
import type { Announcement, ArchivalRecord, Decision } from '../domain/record.ts'
import type { Transition } from '../domain/states.ts'
import { PartlyAnnounced } from './announce-everywhere.ts'
import type { Dependencies } from './dependencies.ts'
import type { JournalCode } from './journal.ts'
import { RecordChanged } from './ports.ts'
import { requestArchive } from './request-archive.ts'

/** How often others may write a record while an operation is to be stored in it. */
const overtakenLimit = 50

export interface Performed {
  readonly record: ArchivalRecord
  /** The record is between two steps: decide again at once. */
  readonly lookAgain: boolean
}

/**
 * Carries out a decision, in the one order in which a crash between any two steps loses nothing:
 * the record with its next wake-up is written first, then the wake-up is requested, then Toloka is
 * asked, then its answer is written.
 *
 * @throws RecordChanged if somebody else wrote the record since the decision was made
 */
export async function perform(
  dependencies: Dependencies,
  record: ArchivalRecord,
  decision: Decision,
): Promise<Performed> {
  const performed = await save(dependencies, record, decision)
  const { attempt } = performed.record
  if (decision.transition !== 'submit' || attempt === null) return performed

  const outcome = await requestArchive(dependencies, performed.record, attempt)
  if (outcome.operation) return storeOperation(dependencies, performed.record, outcome.operation)
  return save(dependencies, performed.record, outcome.decision)
}

/**
 * Sends what is not announced yet, and forgets it once it is sent. What cannot be sent stays, for
 * the next sweep to try, with the places that know it already: telling about a pool is no reason to
 * stop working on it, and one place that cannot be told none to tell the others twice.
 */
export async function announceAll(
  dependencies: Dependencies,
  record: ArchivalRecord,
): Promise<ArchivalRecord> {
  const outbox: Announcement[] = []
  for (const announcement of record.outbox) {
    const left = await announce(dependencies, announcement)
    if (left) outbox.push(left)
  }
  if (describeLeft(outbox) === describeLeft(record.outbox)) return record
  const settled = { ...record, outbox, version: record.version + 1 }
  await dependencies.store.put(settled, record.version)
  return settled
}

/** Differs whenever somebody was told something. */
function describeLeft(outbox: readonly Announcement[]): string {
  return outbox.map(({ id, toldTo = [] }) => `${id} ${toldTo.length}`).join()
}

/** What is left to be told of an announcement; null if everybody knows it. */
async function announce(
  { announcer, journal }: Dependencies,
  announcement: Announcement,
): Promise<Announcement | null> {
  try {
    await announcer.announce(announcement)
    return null
  } catch (error) {
    const { poolId } = announcement
    journal.write('ANNOUNCEMENT_FAILED', { poolId, problem: String(error) })
    if (!(error instanceof PartlyAnnounced)) return announcement
    return { ...announcement, toldTo: error.toldTo }
  }
}

async function save(
  dependencies: Dependencies,
  record: ArchivalRecord,
  decision: Decision,
): Promise<Performed> {
  const { clock, store } = dependencies
  const next = applyDecision(record, decision, clock.now())
  await store.put(next, record.version)
  // Between two steps there is one already: the message that is being handled, or an attempt's.
  if (next.dueAt !== null && !decision.lookAgain) {
    await requestWakeUp(dependencies, next.poolId, next.dueAt)
  }
  report(dependencies, next, decision.transition)
  const announced = await announceAll(dependencies, next)
  return { record: announced, lookAgain: decision.lookAgain === true }
}

/** The record is stored with its due time, so a wake-up that cannot be asked for is only late. */
async function requestWakeUp(
  { wakeUps, journal }: Dependencies,
  poolId: string,
  dueAt: Instant,
): Promise<void> {
  try {
    await wakeUps.request({ version: 1, poolId, cause: 'timer', dueAt })
  } catch (error) {
    journal.write('WAKE_UP_NOT_REQUESTED', { poolId, dueAt: toIso(dueAt), problem: String(error) })
  }
}

/** An operation id of ours is never lost: whoever wrote in between, it is added to that. */
async function storeOperation(
  dependencies: Dependencies,
  record: ArchivalRecord,
  operation: Operation,
): Promise<Performed> {
  let current = record
  for (let overtaken = 0; overtaken < overtakenLimit; overtaken += 1) {
    const decision = decisionWith(current, operation, dependencies.clock.now())
    if (decision === null) return { record: current, lookAgain: false }
    try {
      return await save(dependencies, current, decision)
    } catch (error) {
      if (!(error instanceof RecordChanged) || error.current === null) throw error
      current = error.current
    }
  }
  throw new Error(
    `Operation ${operation.id} of pool ${record.poolId} could not be stored: others kept writing. ` +
      'It is found again when the lease of the request ends.',
  )
}

/** Null if there is nothing to add. */
function decisionWith(record: ArchivalRecord, operation: Operation, now: Instant): Decision | null {
  const { state, reason, detail, dueAt, following, warning, looks, fingerprint } = record
  if (state !== 'archived' && following === null) return acceptance(record, operation, now)
  if (record.operations.some(({ id }) => id === operation.id)) return null
  const transition = state === 'archived' ? 'settle' : 'postpone'
  const operations = withOperation(record.operations, operation, now)
  return { transition, reason, detail, dueAt, warning, looks, fingerprint, operations }
}

const codes: Readonly<Record<Transition, JournalCode>> = {
  discover: 'POOL_DISCOVER',
  watch: 'POOL_WATCH',
  plan: 'POOL_PLAN',
  hold: 'POOL_HOLD',
  submit: 'POOL_SUBMIT',
  accept: 'POOL_ACCEPT',
  follow: 'POOL_FOLLOW',
  confirm: 'POOL_CONFIRM',
  'call-operator': 'POOL_CALL_OPERATOR',
  postpone: 'POOL_POSTPONE',
  settle: 'POOL_SETTLE',
}

function report({ journal }: Dependencies, record: ArchivalRecord, transition: Transition): void {
  const { poolId, state, reason, detail, dueAt, attempt, following, warning } = record
  journal.write(codes[transition], {
    poolId,
    state,
    reason,
    detail,
    dueAt: dueAt === null ? null : toIso(dueAt),
    attempt: attempt?.number ?? null,
    operationId: following,
  })
  if (warning) journal.write('POOL_WARNING', { poolId, state, reason })
}
