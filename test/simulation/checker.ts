import type { TolokaModel } from '../fake-toloka/model.ts'
import type { Pool } from '../fake-toloka/world.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const nineDaysMs = 9 * dayMs

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
    | 'nothing held, paused, observed or over the limit is asked for'
    | 'every operation of ours is stored'
    | 'every record has a next wake-up'
    | 'archived means ARCHIVED'
    | 'a webhook is accepted only with its wake-up stored'
    | 'no secret is stored'
    | 'nothing is forgotten'
    | 'nothing fails by a defect'
  readonly poolId: string
  readonly what: string
}

/** Until when somebody holds a pool, ms since the epoch by our clock; null if nobody does. */
export type HeldUntil = number | 'for-ever' | null

export function isStillHeld(until: HeldUntil, now: number): boolean {
  return until === 'for-ever' || (until !== null && now < until)
}

/** "Archive now": counts for the pool as it was. */
export interface Hurried {
  readonly despite: string | null
  readonly lastStartedAt: number | null
  readonly lastStoppedAt: number | null
}

/** What people want, at the moment of an archive request. */
export interface Wishes {
  readonly isObserving: boolean
  readonly isPaused: boolean
  readonly heldUntil: HeldUntil
  /** Somebody wants it archived at once, as it was then; null if nobody does. */
  readonly hurried: Hurried | null
  /** ms since the epoch, by our clock */
  readonly ourTime: number
  /** Archive requests of this day (UTC, by our clock) so far, and how many there may be. */
  readonly requestsToday: number
  readonly requestsADay: number
  readonly keepMarker: string
  readonly excludedProjects: readonly string[]
  readonly graceMsByCloseReason: Readonly<Record<string, number>>
  /** How wrong our clock may be where Toloka does not tell its time. */
  readonly clockErrorMs: number
}

/** What must hold when an archive request of ours comes to Toloka. */
export function checkRequest(
  model: TolokaModel,
  poolId: string,
  wishes: Wishes,
): readonly Breach[] {
  const { settings, lastCloseReason, lastStartedAt, lastStoppedAt } = model.poolOf(poolId)
  const { hurried } = wishes
  const isHurried =
    hurried?.lastStartedAt === lastStartedAt && hurried.lastStoppedAt === lastStoppedAt
  const grace = wishes.graceMsByCloseReason[lastCloseReason ?? '']
  // A grace is our own affair, and counts from the close as it is shown: perhaps cut to the second.
  const toleranceMs = wishes.clockErrorMs + 1_000
  const allowedAt = (lastStoppedAt ?? Infinity) + (grace ?? Infinity) - toleranceMs
  const unwanted = [
    [wishes.isObserving, 'the archiver only observes'],
    [wishes.isPaused, 'archiving is paused'],
    [isStillHeld(wishes.heldUntil, wishes.ourTime), 'an operator holds it'],
    [wishes.requestsToday >= wishes.requestsADay, `${wishes.requestsADay} a day are the limit`],
  ] as const
  const kept = [
    [settings.private_comment?.includes(wishes.keepMarker) === true, 'it has the keep marker'],
    [settings.metadata?.['archiver']?.includes('keep') === true, 'its metadata keep it'],
    [wishes.excludedProjects.includes(settings.project_id), 'its project is out of scope'],
    [grace === undefined && !(isHurried && hurried.despite), `it was closed by ${lastCloseReason}`],
    [
      model.now < allowedAt && !isHurried,
      `closed at ${isoText(lastStoppedAt)}, its grace is not over`,
    ],
  ] as const
  return [
    ...unwanted.map(([is, what]) => ({ is, what, invariant: invariants.unwanted })),
    ...kept.map(([is, what]) => ({ is, what, invariant: invariants.kept })),
  ].flatMap(({ is, what, invariant }) => (is ? [{ invariant, poolId, what }] : []))
}

const invariants = {
  unwanted: 'nothing held, paused, observed or over the limit is asked for',
  kept: 'what is to be kept is never asked for',
} as const

/** What must hold after every step. */
export function checkStep(
  model: TolokaModel,
  records: Iterable<StoredRecord>,
  isWantedDraft: (poolId: string) => boolean,
): readonly Breach[] {
  const breaches: Breach[] = model.violations
    .filter(({ poolId, kind }) => !(kind === 'draft' && isWantedDraft(poolId)))
    .map(({ poolId, kind, what }) => ({
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

/** A pool that should be in the archive in the end. */
export interface Archivable {
  readonly poolId: string
  /** How long after its close, at the least, by the policy. */
  readonly graceMs: number
  /** Until when the facts, or people, keep the archiver from looking again; ms since the epoch. */
  readonly disturbedUntil: number
}

/** What is expected of a world when everything has been quiet for long. */
export interface Expectations {
  readonly toBeArchived: readonly Archivable[]
  /** After the faults, and after a quota of a day; ms since the epoch. */
  readonly quietFrom: number
  /** Added to the nine days. */
  readonly marginMs: number
  /** The interval of the sweep, two hours, and what our clock is wrong by. */
  readonly patienceMs: number
  /** What no record may hold. */
  readonly secrets: readonly string[]
}

/** What must hold when everything has been quiet for long. */
export function checkEnd(
  model: TolokaModel,
  records: ReadonlyMap<string, StoredRecord>,
  expectations: Expectations,
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
  for (const [poolId, record] of records) {
    const text = JSON.stringify(record)
    if (!expectations.secrets.some((secret) => text.includes(secret))) continue
    breaches.push({ invariant: 'no secret is stored', poolId, what: 'a token, or a secret' })
  }
  for (const archivable of expectations.toBeArchived) {
    const { poolId } = archivable
    const deadline = deadlineOf(model, archivable, expectations)
    const askedAt = askedForAt(model, poolId)
    if ((askedAt ?? model.now) <= deadline) continue
    const state = records.get(poolId)?.state ?? 'not there'
    const what = `due by ${isoText(deadline)}, asked for ${isoText(askedAt)}, its record is ${state}`
    breaches.push({ invariant: 'nothing is forgotten', poolId, what })
  }
  return breaches
}

/**
 * When a pool has to be in the archive: as soon as faults, rules and facts have let go of it, and a
 * sweep came by. A day more after an answer in review, after an operation was shown to have failed,
 * and after a request that Toloka answered by anything else: so long the archiver waits on purpose.
 */
function deadlineOf(
  model: TolokaModel,
  { poolId, graceMs, disturbedUntil }: Archivable,
  { quietFrom, marginMs, patienceMs }: Expectations,
): number {
  const pool = model.poolOf(poolId)
  const isExam = pool.settings.quality_control !== undefined
  // What Toloka shows of rejections and exams counts here, even if Toloka itself is less strict.
  const nineDaysFrom = [
    ...pool.assignments.map(({ rejectedAt }) => rejectedAt),
    isExam ? pool.lastStoppedAt : null,
  ]
  return (
    Math.max(
      model.earliestAllowedAt(poolId) ?? Infinity,
      ...nineDaysFrom.map((at) => (at ?? -Infinity) + nineDaysMs + marginMs),
      (pool.lastStoppedAt ?? Infinity) + graceMs,
      quietFrom,
      disturbedUntil,
      ...dayLongWaits(pool).map((at) => at + dayMs),
    ) + patienceMs
  )
}

function dayLongWaits({ assignments, operations, archiveRequests }: Readonly<Pool>) {
  return [
    ...assignments
      .filter(({ submittedAt }) => submittedAt !== null)
      .map(({ acceptedAt, rejectedAt }) => Math.max(acceptedAt ?? 0, rejectedAt ?? 0)),
    ...operations
      .filter(({ status }) => status === 'FAIL')
      .map(({ finishedAt, failureShownAt }) => failureShownAt ?? finishedAt ?? 0),
    ...archiveRequests
      .filter(({ status, operationId }) => status !== null && operationId === null)
      .map(({ at }) => at),
  ]
}

/**
 * When somebody asked for what put the pool into the archive, ms since the epoch; null if it is not
 * there. How long Toloka takes for it is no matter of ours.
 */
function askedForAt(model: TolokaModel, poolId: string): number | null {
  const { archivedAt, operations } = model.poolOf(poolId)
  if (archivedAt === null) return null
  const led = operations.findLast((one) => one.status === 'SUCCESS' && one.type === 'POOL.ARCHIVE')
  return led?.submittedAt ?? archivedAt
}

function isoText(instant: number | null): string {
  return instant === null || !Number.isFinite(instant) ? 'never' : new Date(instant).toISOString()
}
