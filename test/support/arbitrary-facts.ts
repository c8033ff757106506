import {
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  nat,
  oneof,
  option,
  record,
  subarray,
  tuple,
  type Arbitrary,
} from 'fast-check'
import { appealWindowMs } from '../../functions/domain/waits.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { Instant } from '../../functions/domain/instant.ts'
import type { Hold, PoolPolicy } from '../../functions/domain/policy.ts'
import type { Assignment, Pool } from '../../functions/domain/pool.ts'

/** All there is to know about a pool, of which the rule is told only what it asks for. */
export interface Truth {
  readonly pool: Pool
  /** Every assignment of the pool. */
  readonly history: readonly Assignment[]
  readonly policy: PoolPolicy
  readonly now: Instant
  /** Chooses among the items that fit a question: Toloka promises no order. */
  readonly pick: number
}

/** Nine times in ten the first value, so that whole cases are often free of obstacles. */
function mostly<Usual, Other>(
  usual: Arbitrary<Usual>,
  other: Arbitrary<Other>,
): Arbitrary<Usual | Other> {
  return oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other })
}

const someMarginMs = mostly(constantFrom(0, hourMs), integer({ min: 0, max: 3 * dayMs }))

/** How long ago, in milliseconds: anything, and often a millisecond around a boundary. */
const someAgeMs = oneof(
  integer({ min: -dayMs, max: 40 * dayMs }),
  tuple(
    constantFrom(0, 15 * minuteMs, 30 * minuteMs, 7 * dayMs, appealWindowMs),
    constantFrom(0, hourMs),
    integer({ min: -1, max: 1 }),
  ).map(([boundaryMs, marginMs, aroundMs]) => boundaryMs + marginMs + aroundMs),
)

const someStatus = mostly(
  constant('CLOSED'),
  constantFrom('OPEN', 'ARCHIVED', 'LOCKED', 'PAUSED', ''),
)
const someCloseReason = mostly(
  constantFrom('COMPLETED', 'MANUAL', 'EXPIRED'),
  constantFrom('FOR_UPDATE', 'BLOCKED', '__proto__', 'NEW', null),
)
const someProject = constantFrom('5', '6')

const somePool = record({
  id: constant('17'),
  projectId: someProject,
  privateName: option(constantFrom('Cats', '[keep]')),
  privateComment: mostly(constantFrom(null, '', 'done'), constantFrom('[keep]', 'so [keep] it')),
  metadata: mostly(
    constant({}),
    dictionary(constantFrom('archiver', 'team'), array(constantFrom('keep', 'red'))),
  ),
  status: someStatus,
  lastCloseReason: someCloseReason,
  training: mostly(constant(false), boolean()),
  assignmentMaxDurationSeconds: option(nat(5 * 24 * 3600)),
  autoAcceptPeriodDays: option(nat(21)),
  decidesAutomatically: mostly(constant(false), boolean()),
})

const someGraceMs = mostly(constantFrom(0, 7 * dayMs), nat(20 * dayMs))

const somePolicy = record({
  graceMsByCloseReason: record(
    {
      COMPLETED: mostly(constant(0), someGraceMs),
      MANUAL: someGraceMs,
      EXPIRED: someGraceMs,
      FOR_UPDATE: someGraceMs,
      NEW: someGraceMs,
    },
    { requiredKeys: ['COMPLETED'] },
  ),
  safetyMarginMs: someMarginMs,
  projects: mostly(constant(null), subarray(['5', '6'])),
  excludedProjects: mostly(constant([]), subarray(['5', '6'])),
  keepMarker: constantFrom('[keep]', '#gold'),
})

/** Of a rejected answer Toloka knows when it was; of one accepted on appeal it may. */
const someWork = oneof(
  { weight: 1, arbitrary: workThat(['ACTIVE', 'SUBMITTED'], constant(null)) },
  { weight: 2, arbitrary: workThat(['REJECTED'], someAgeMs) },
  { weight: 4, arbitrary: workThat(['ACCEPTED'], option(someAgeMs)) },
  { weight: 2, arbitrary: workThat(['SKIPPED', 'EXPIRED'], constant(null)) },
)

function workThat(statuses: readonly string[], rejectedAgeMs: Arbitrary<number | null>) {
  return record({ status: constantFrom(...statuses), rejectedAgeMs })
}

/** A pool with everything that is true of it. */
export const someTruth: Arbitrary<Truth> = record({
  now: integer({
    min: Date.parse('2026-01-01T00:00:00Z'),
    max: Date.parse('2036-01-01T00:00:00Z'),
  }),
  pool: somePool,
  policy: somePolicy,
  stoppedAgeMs: mostly(someAgeMs, constant(null)),
  ranForMs: mostly(nat(30 * dayMs), constantFrom(null, -1, 0)),
  heldForMs: mostly(constant(null), oneof(constant('for-ever' as const), someAgeMs)),
  work: array(someWork, { maxLength: 3 }),
  pick: nat(),
}).map(({ now, pool, policy, stoppedAgeMs, ranForMs, heldForMs, work, pick }) => {
  const lastStoppedAt = stoppedAgeMs === null ? null : now - stoppedAgeMs
  const lastStartedAt = ranForMs === null ? null : (lastStoppedAt ?? now) - ranForMs
  return {
    now,
    pick,
    pool: { ...pool, lastStoppedAt, lastStartedAt },
    policy: {
      ...policy,
      hold: heldForMs === null ? null : holdFor(heldForMs, now),
      passedOver: [],
    },
    history: work.map(({ status, rejectedAgeMs }, index) => ({
      id: `${index}`,
      poolId: pool.id,
      status,
      rejectedAt: rejectedAgeMs === null ? null : now - rejectedAgeMs,
    })),
  }
})

function holdFor(durationMs: number | 'for-ever', now: Instant): Hold {
  const until = durationMs === 'for-ever' ? durationMs : now + durationMs
  return { by: 'ada', reason: '', since: now, until }
}
