import type { TolokaModel } from '../fake-toloka/model.ts'

const nineDaysMs = 9 * 24 * 3_600_000

/** What is looked at of a stored record. Nothing of the product is used here: it is what is judged. */
export interface StoredRecord {
  readonly poolId: string
  readonly state: string
  readonly dueAt: number | null
  readonly operations: readonly { readonly id: string }[]
}

/** A promise that was not kept. */
export interface Breach {
  readonly invariant:
    | 'never early, never what must not be archived'
    | 'what is to be kept is never asked for'
    | 'every operation of ours is stored'
    | 'every record has a next wake-up'
    | 'archived means ARCHIVED'
    | 'no secret is stored'
    | 'nothing is forgotten'
    | 'nothing fails by a defect'
  readonly poolId: string
  readonly what: string
}

/** What must hold after every step. */
export function checkStep(model: TolokaModel, records: Iterable<StoredRecord>): readonly Breach[] {
  const breaches: Breach[] = model.violations.map(({ poolId, kind, what }) => ({
    invariant: 'never early, never what must not be archived',
    poolId,
    what: `${kind}: ${what}`,
  }))
  for (const { poolId, state, dueAt } of records) {
    const isArchived = state === 'archived'
    if (isArchived && model.statusOf(poolId) !== 'ARCHIVED') {
      const what = `Toloka shows ${model.statusOf(poolId)}`
      breaches.push({ invariant: 'archived means ARCHIVED', poolId, what })
    }
    if ((dueAt === null) !== isArchived) {
      const what = `it is ${state}, and due ${dueAt === null ? 'never' : 'at some time'}`
      breaches.push({ invariant: 'every record has a next wake-up', poolId, what })
    }
  }
  return breaches
}

/** What is expected of a world when everything has been quiet for long. */
export interface Expectations {
  /** With how long after its close, at the least, it may be archived. */
  readonly toBeArchived: readonly { readonly poolId: string; readonly graceMs: number }[]
  readonly toBeKept: readonly string[]
  /** ms since the epoch */
  readonly faultsEndAt: number
  /** How long after both the faults and Toloka's rules a pool must be in the archive. */
  readonly patienceMs: number
}

function isoText(instant: number | null): string {
  return instant === null || !Number.isFinite(instant) ? 'never' : new Date(instant).toISOString()
}

/** What must hold when everything has been quiet for long. */
export function checkEnd(
  model: TolokaModel,
  records: ReadonlyMap<string, StoredRecord>,
  { toBeArchived, toBeKept, faultsEndAt, patienceMs }: Expectations,
): readonly Breach[] {
  const breaches: Breach[] = []
  for (const poolId of toBeKept) {
    const count = model.archiveRequestsOf(poolId).length
    if (count === 0) continue
    const what = `${count} archive requests`
    breaches.push({ invariant: 'what is to be kept is never asked for', poolId, what })
  }
  for (const poolId of model.poolIds) {
    const stored = new Set(records.get(poolId)?.operations.map(({ id }) => id))
    for (const { operationId } of model.archiveRequestsOf(poolId)) {
      if (operationId === null || stored.has(operationId)) continue
      const what = `operation ${operationId} is not`
      breaches.push({ invariant: 'every operation of ours is stored', poolId, what })
    }
  }
  for (const { poolId, graceMs } of toBeArchived) {
    // Some are open in the end: there is nothing to archive yet.
    if (model.statusOf(poolId) === 'OPEN') continue
    // Where a date outlives an appeal, nobody but Toloka knows that it counts no more.
    const shownMs = model.personality.appealKeepsRejectedDate ? nineDaysMs : 0
    const allowedAt = (model.earliestAllowedAt(poolId) ?? Infinity) + graceMs + shownMs
    const deadline = Math.max(allowedAt, faultsEndAt) + patienceMs
    const archivedAt = model.archivedAt(poolId)
    if (archivedAt !== null && archivedAt <= deadline) continue
    const state = records.get(poolId)?.state ?? 'not there'
    const what = `due by ${isoText(deadline)}, archived ${isoText(archivedAt)}, its record is ${state}`
    breaches.push({ invariant: 'nothing is forgotten', poolId, what })
  }
  for (const [poolId, record] of records) {
    if (!JSON.stringify(record).includes(model.token)) continue
    breaches.push({ invariant: 'no secret is stored', poolId, what: 'the token' })
  }
  return breaches
}
