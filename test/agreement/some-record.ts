import {
  array,
  boolean,
  constant,
  constantFrom,
  double,
  integer,
  nat,
  oneof,
  option,
  record,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check'
import { dayMs, hourMs, minuteMs, type Instant } from '../../functions/domain/instant.ts'
import type { ReasonCode } from '../../functions/domain/reasons.ts'
import {
  recordSchema,
  type AnsweredError,
  type ArchivalRecord,
} from '../../functions/domain/record.ts'
import { despites } from '../../functions/domain/override.ts'
import { states } from '../../functions/domain/states.ts'
import { start } from '../contract/records.ts'

/** Few, so that calls meet; long ones differ where numbers would be rounded. */
export const somePoolId = constantFrom(
  '17',
  '9',
  '107',
  '0',
  '0017',
  '1'.padEnd(32, '0'),
  '1'.padEnd(31, '0').concat('1'),
  '9'.repeat(32),
)

/** Often the same, so that there are ties. */
export const someInstant: Arbitrary<Instant> = oneof(
  { weight: 4, arbitrary: constantFrom(start, start - hourMs, start + hourMs, start + 9 * dayMs) },
  { weight: 2, arbitrary: integer({ min: -2, max: 2 }).map((ms) => start + ms) },
  { weight: 2, arbitrary: integer({ min: -90, max: 90 }).map((min) => start + min * minuteMs) },
  { weight: 1, arbitrary: constantFrom(0, Date.UTC(9999, 11, 31)) },
)

const oddTexts = [
  '',
  "Robert'); drop table records;--",
  'Ein Auftrag wurde abgelehnt – 拒否 🙈',
  '"quoted" \\ \\u0000 %s ${x} {{y}} #state :until',
  '\u0000',
  'before\u0000after\r\n\u2028\ufeff',
  'e\u0301 is not \u00e9',
  '\ud83d is half of 🙈',
  '__proto__',
  'x'.repeat(240),
]

export const someText = oneof(constantFrom('Cats, March', ...oddTexts), string({ unit: 'binary' }))

export const someReason = constantFrom<ReasonCode[]>(
  'discovered',
  'appeal-window',
  'grace-period',
  'keep-marker',
  'already-archived',
)

/** Few, so that there are several pools in one. */
export const someProjectId = constantFrom('7', '70', '1'.padEnd(32, '0'))

export const someError: Arbitrary<AnsweredError> = record({
  at: someInstant,
  call: somePoolId.map((poolId) => `POST /pools/${poolId}/archive`),
  status: option(constantFrom(401, 409, 503)),
  code: option(someText),
  message: someText,
  requestId: option(someText),
})

const someOperation = record({
  id: someText,
  type: constant('POOL.ARCHIVE'),
  status: constantFrom('PENDING', 'RUNNING', 'SUCCESS', 'FAIL', 'LATER'),
  poolId: option(somePoolId),
  submittedAt: option(someInstant),
  startedAt: option(someInstant),
  finishedAt: option(someInstant),
  progress: option(double({ min: 0.01, max: 100, noNaN: true })),
  details: option(someText),
  knownAt: someInstant,
  looks: nat(9),
})

const someAnnouncement = record({
  id: someText,
  kind: constantFrom('PoolArchivalPlanned', 'PoolHeld', 'PoolArchived', 'PoolNeedsAttention'),
  poolId: somePoolId,
  reason: someReason,
  detail: option(someText),
  dueAt: option(someInstant),
  at: someInstant,
})

const someHistoryEntry = record({
  at: someInstant,
  state: constantFrom(...states),
  reason: someReason,
  detail: option(someText),
  dueAt: option(someInstant),
  times: nat(99),
  lastAt: someInstant,
})

/** What is only there now and then. */
const rarely = <Value>(some: Arbitrary<Value>): Arbitrary<Value | null> => option(some, { freq: 1 })
const few = <Value>(some: Arbitrary<Value>): Arbitrary<Value[]> => array(some, { maxLength: 2 })

/** Nothing is due any more once a pool is archived, and only then. */
const someStanding = oneof(
  {
    weight: 5,
    arbitrary: record({
      state: constantFrom(...states.filter((state) => state !== 'archived')),
      dueAt: someInstant,
    }),
  },
  { weight: 1, arbitrary: constant({ state: 'archived' as const, dueAt: null }) },
)

const someRest = record({
  schema: constant(recordSchema),
  reason: someReason,
  detail: option(someText),
  warning: boolean(),
  looks: nat(9),
  fingerprint: option(tuple(someText, boolean(), someInstant).map((seen) => JSON.stringify(seen))),
  pool: option(
    record({
      projectId: someProjectId,
      privateName: option(someText),
      status: someText,
      lastCloseReason: option(someText),
      lastStoppedAt: option(someInstant),
      newestRejectionAt: option(someInstant),
      readAt: someInstant,
    }),
  ),
  hold: rarely(
    record({
      by: someText,
      reason: someText,
      since: someInstant,
      until: oneof(constant('for-ever' as const), someInstant),
    }),
  ),
  override: rarely(
    record({
      by: someText,
      since: someInstant,
      despite: option(constantFrom(...despites)),
      lastStartedAt: option(someInstant),
      lastStoppedAt: option(someInstant),
    }),
  ),
  attempt: rarely(record({ number: nat(9), startedAt: someInstant, leaseUntil: someInstant })),
  attempts: nat(9),
  operations: few(someOperation),
  following: option(someText),
  failures: nat(9),
  cooldown: rarely(record({ until: someInstant, reason: someReason })),
  refusedSince: option(someInstant),
  lastError: rarely(someError),
  outbox: few(someAnnouncement),
  announced: constant(null),
  history: few(someHistoryEntry),
  createdAt: someInstant,
  updatedAt: someInstant,
})

/** Any record that the archiver may come to write, but for its pool and its version. */
export const someContent: Arbitrary<Omit<ArchivalRecord, 'poolId' | 'version'>> = tuple(
  someRest,
  someStanding,
).map(([rest, standing]) => Object.assign(rest, standing))
