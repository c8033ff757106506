import { deepStrictEqual, ok } from 'node:assert/strict'
import { array, asyncProperty, constantFrom, nat, record, tuple, type Arbitrary } from 'fast-check'
import { WrongAccountError } from '../../functions/application/access.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import type { ArchiveScript } from '../fake-toloka/world.ts'
import { beginsAt } from '../local/box.ts'
import { answerByModel } from './answer-by-model.ts'
import { someSpoiling, spoil, toResponse, type Spoiling } from './arbitrary-answers.ts'
import { fuzz } from './fuzz.ts'
import { judgePosting, type Exchange } from './posting-judge.ts'
import { judgeAccount, judgeRecord } from './record-judge.ts'
import { createFuzzedArchiver, poolId } from './fuzzed-archiver.ts'

/** What is the matter with the pool. */
const situations: Readonly<Record<string, (model: TolokaModel) => unknown>> = {
  nothing: () => null,
  'is open': (model) => model.openPool(poolId),
  'is locked': (model) => model.lockPool(poolId),
  'is archived': (model) => model.archiveByHand(poolId),
  'is an exam': (model) =>
    model.editPool(poolId, {
      quality_control: { configs: [{ rules: [{ action: { type: 'REJECT_ALL_ASSIGNMENTS' } }] }] },
    }),
  'has a rejection': (model) => model.addAssignment(poolId, { status: 'REJECTED' }),
  'has work': (model) => model.addAssignment(poolId, { status: 'SUBMITTED' }),
}

const scripts: readonly ArchiveScript[] = [
  { kind: 'instant' },
  { kind: 'slow', pendingMs: minuteMs, runningMs: minuteMs },
  { kind: 'fail', details: { code: 'ODD' } },
  { kind: 'stuck' },
  { kind: 'success-but-not-archived', forMs: hourMs },
  { kind: 'refuse', status: 409, code: 'THERE_IS_REJECTED_ASSIGNMENT' },
]

interface Story {
  readonly situation: string
  readonly script: ArchiveScript
  /** Which requests are spoiled, and how. */
  readonly spoilings: readonly (readonly [request: number, spoiling: Spoiling])[]
  /** When the pool is looked at again. */
  readonly pausesMs: readonly number[]
}

const someStory: Arbitrary<Story> = record({
  situation: constantFrom('nothing', 'nothing', 'nothing', ...Object.keys(situations)),
  script: constantFrom(...scripts),
  spoilings: array(tuple(nat(9), someSpoiling), { minLength: 1, maxLength: 3 }),
  pausesMs: array(constantFrom(0, 10_000, 6 * minuteMs, 2 * hourMs, 25 * hourMs, 11 * dayMs), {
    maxLength: 3,
  }),
})

/** As many as a handling with some retries can need. */
const mostRequests = 60
const totals = { postings: 0, archived: 0 }

async function live({ situation, script, spoilings, pausesMs }: Story): Promise<void> {
  let now = beginsAt
  const byRequest = new Map(spoilings)
  /** What was told before each request, judged afterwards: a failure here is one of the network. */
  const postings: (readonly [before: readonly Exchange[], now: number])[] = []
  let exchanges: Exchange[] = []
  let [count, spoiled] = [0, 0]
  const answer = (model: TolokaModel) => async (request: Request) => {
    const { pathname: path, searchParams: query } = new URL(request.url)
    const { method } = request
    if (path.endsWith('/archive')) {
      totals.postings += 1
      postings.push([[...exchanges], now])
    }
    const genuine = await answerByModel(model, request)
    const spoiling = byRequest.get(count)
    count += 1
    if (spoiling !== undefined) spoiled += 1
    const told = spoiling === undefined ? genuine : spoil(genuine, spoiling)
    exchanges.push({ method, path, query, answer: told })
    return toResponse(told, spoiling ?? { instead: 'nothing' })
  }
  const { model, dependencies, records, wakeUps, expectDiscretion } = createFuzzedArchiver(
    () => now,
    answer,
  )
  model.scriptArchive(poolId, script)
  situations[situation]?.(model)
  const thrown: unknown[] = []
  for (const pauseMs of [0, ...pausesMs]) {
    now += pauseMs
    exchanges = []
    try {
      await handleWakeUp(dependencies, { version: 1, poolId, cause: 'hint', dueAt: now })
    } catch (error) {
      // Toloka may have said that we are somebody else.
      if (!(error instanceof WrongAccountError) || spoiled === 0) throw error
      thrown.push(error)
    }
    ok(exchanges.length < mostRequests)
    for (const [before, at] of postings.splice(0)) judgePosting(before, poolId, at)
    for (const kept of records.values()) judgeRecord(kept, now, wakeUps.waiting)
    judgeAccount(await dependencies.account.read())
  }
  if (spoiled === 0) deepStrictEqual(model.violations, [])
  if (model.statusOf(poolId) === 'ARCHIVED') totals.archived += 1
  await expectDiscretion(thrown)
}

fuzz(
  'answers within a handling',
  () => asyncProperty(someStory, live),
  () => {
    ok(totals.postings > 100)
    ok(totals.archived > 100)
  },
)
