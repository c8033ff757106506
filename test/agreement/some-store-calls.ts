import {
  array,
  constant,
  constantFrom,
  oneof,
  option,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check'
import { states } from '../../functions/domain/states.ts'
import { someAccountContent } from './some-account.ts'
import { someContent, someInstant, somePoolId, someProjectId, someReason } from './some-record.ts'
import {
  archivedSince,
  get,
  getFingerprints,
  list,
  listWhile,
  overdue,
  put,
  readAccount,
  readAll,
  unannounced,
  writeAccount,
  type StoreCall,
} from './store-calls.ts'

/** Mostly not at all; else ahead, or as somebody who knows of nothing that was written. */
const someBehind = oneof(
  // To the first where that fails too: it reads best.
  { withCrossShrink: true },
  { weight: 4, arbitrary: constant(0) },
  { weight: 1, arbitrary: constantFrom(1, -1, 99) },
)

const somePut = record({ poolId: somePoolId, content: someContent, behind: someBehind })
/** Often nothing is filtered, and the more seldom the more at once. */
const someFilter = record({
  state: option(constantFrom(...states), { freq: 1 }),
  reason: option(someReason, { freq: 1 }),
  projectId: option(someProjectId, { freq: 1 }),
  dueUntil: option(someInstant, { freq: 1 }),
})
const someLimit = constantFrom(1, 2, 3, 100)

const someReading = oneof(
  somePoolId.map(get),
  array(somePoolId).map(getFingerprints),
  tuple(someFilter, someLimit).map(([filter, limit]) => list(filter, limit)),
  someLimit.map(readAll),
  tuple(someInstant, someLimit).map(([until, limit]) => overdue(until, limit)),
  tuple(someInstant, someLimit).map(([since, limit]) => archivedSince(since, limit)),
  someLimit.map(unannounced),
  constant(null).map(readAccount),
)

const someListWhile = tuple(
  someFilter,
  someLimit,
  array(somePut, { minLength: 1, maxLength: 3 }),
).map(([filter, limit, puts]) => listWhile(filter, limit, puts))

const someAccountWrite = tuple(someAccountContent, someBehind).map(([content, behind]) =>
  writeAccount(content, behind),
)

/** A call as the archiver may make it. */
export const someStoreCall: Arbitrary<StoreCall> = oneof(
  { weight: 7, arbitrary: somePut.map(put) },
  { weight: 6, arbitrary: someReading },
  { weight: 1, arbitrary: someListWhile },
  { weight: 1, arbitrary: someAccountWrite },
)
