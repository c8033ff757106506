import type { TolokaModel } from '../fake-toloka/model.ts'

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

/** What must hold when everything has been quiet for long. */
export function checkEnd(
  model: TolokaModel,
  records: ReadonlyMap<string, StoredRecord>,
  toBeArchived: Iterable<string>,
): readonly Breach[] {
  const breaches: Breach[] = []
  for (const poolId of model.poolIds) {
    const stored = new Set(records.get(poolId)?.operations.map(({ id }) => id))
    for (const { operationId } of model.archiveRequestsOf(poolId)) {
      if (operationId === null || stored.has(operationId)) continue
      const what = `operation ${operationId} is not`
      breaches.push({ invariant: 'every operation of ours is stored', poolId, what })
    }
  }
  for (const poolId of toBeArchived) {
    // Some are open in the end: there is nothing to archive yet.
    if (model.archivedAt(poolId) !== null || model.statusOf(poolId) === 'OPEN') continue
    const what = `its record is ${records.get(poolId)?.state ?? 'not there'}`
    breaches.push({ invariant: 'nothing is forgotten', poolId, what })
  }
  for (const [poolId, record] of records) {
    if (!JSON.stringify(record).includes(model.token)) continue
    breaches.push({ invariant: 'no secret is stored', poolId, what: 'the token' })
  }
  return breaches
}
