import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { denyAccess } from '../../functions/application/access.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import type { JournalCode } from '../../functions/application/journal.ts'
import { dayMs, hourMs, minuteMs, toIso } from '../../functions/domain/instant.ts'
import { closedPool, pass, poolWithOperation, untilDue } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
  await bench.hint(closedPool(bench)) // From here on it is known whose records these are.
  bench.journal.length = 0
})

afterEach(() => bench.close())

const codes = (): readonly JournalCode[] => bench.journal.map(({ code }) => code)

describe('Of a pool the journal says', () => {
  test('how it is archived, step by step, and for whom to look', async () => {
    const poolId = closedPool(bench)
    const leaseUntil = toIso(bench.clock.at + 5 * minuteMs)
    await bench.hint(poolId)

    const operationId = bench.model.operationsOf(poolId)[0]?.id
    const rest = { poolId, detail: null, operationId: null, attempt: null }
    const dueAt = toIso(bench.clock.at + 10_000)
    expect(bench.journal.map(({ code, fields }) => [code, fields])).toEqual([
      [
        'POOL_SUBMIT',
        {
          ...rest,
          state: 'submitting',
          reason: 'eligible',
          detail: expect.stringMatching(/^Closed for COMPLETED .* nothing rejected since /),
          attempt: 1,
          dueAt: leaseUntil,
        },
      ],
      [
        'POOL_ACCEPT',
        { ...rest, state: 'archiving', reason: 'operation-running', operationId, dueAt },
      ],
      [
        'POOL_CONFIRM',
        {
          ...rest,
          state: 'archived',
          reason: 'already-archived',
          detail: `Archived by operation ${operationId}.`,
          dueAt: null,
        },
      ],
    ])
  })

  test.each<readonly [JournalCode, (model: Workbench['model']) => string]>([
    ['POOL_WATCH', (model) => model.createPool({}, { status: 'OPEN' })],
    ['POOL_HOLD', (model) => model.createPool()],
    [
      'POOL_PLAN',
      (model) => {
        const poolId = closedPool(bench)
        model.addAssignment(poolId, { status: 'REJECTED' })
        return poolId
      },
    ],
  ])('%s, and no more than that', async (code, make) => {
    await bench.hint(make(bench.model))
    expect(codes()).toEqual([code])
  })

  test('that Toloka still works on it, and with a warning when it takes long', async () => {
    const poolId = await poolWithOperation(bench)
    bench.journal.length = 0
    await untilDue(bench, poolId)
    expect(codes()).toEqual(['POOL_FOLLOW'])
    await pass(bench, 2 * hourMs)
    const warned = bench.journal.find(({ code }) => code === 'POOL_WARNING')
    expect(warned?.fields).toEqual({ poolId, state: 'archiving', reason: 'operation-running' })
  })

  test('that it could not be looked at', async () => {
    bench.fake.faults.next({ path: '/pools/', times: 4 }, { kind: 'cut' })
    await bench.hint(closedPool(bench))
    expect(codes()).toEqual(['TOLOKA_TROUBLE', 'POOL_POSTPONE'])
  })

  test('that its wake-up or its announcement could not be sent, and why', async () => {
    const fail = async (): Promise<void> => {
      throw new Error('Nobody listens.')
    }
    const poolId = bench.model.createPool() // A draft is held, which is announced.
    await handleWakeUp(
      { ...bench.dependencies, wakeUps: { request: fail }, announcer: { announce: fail } },
      { version: 1, poolId, cause: 'hint', dueAt: bench.clock.at },
    )
    const problem = 'Error: Nobody listens.'
    const dueAt = toIso(bench.clock.at + 7 * dayMs)
    expect(bench.journal.filter(({ code }) => code !== 'POOL_HOLD')).toEqual([
      { code: 'WAKE_UP_NOT_REQUESTED', fields: { poolId, dueAt, problem } },
      { code: 'ANNOUNCEMENT_FAILED', fields: { poolId, problem } },
    ])
  })

  test('that its operation failed, and how', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'fail', details: { code: 'BAD_LUCK' } })
    const operationId = bench.model.operationsOf(poolId)[0]?.id
    const failed = bench.journal.filter(({ code }) => code === 'OPERATION_FAILED')
    expect(failed.map(({ fields }) => fields)).toEqual([
      { poolId, operationId, details: '{"code":"BAD_LUCK"}' },
    ])
  })
})

test.each([400, 401, 403, 404, 409, 429, 500])(
  'Of an archive request that is answered by %d the journal tells once',
  async (status) => {
    const poolId = closedPool(bench)
    bench.model.scriptArchive(poolId, { kind: 'refuse', status, code: 'A_CODE_OF_NEXT_YEAR' })
    await bench.hint(poolId)
    expect(codes().filter((code) => code === 'TOLOKA_TROUBLE')).toHaveLength(1)
  },
)

describe('Of a sweep the journal says', () => {
  test('when it begins, which pools it finds, and what it did', async () => {
    const poolId = closedPool(bench)
    const { outcome, ...counts } = await sweep(bench.dependencies, 'tester')
    expect(outcome).toBe('finished')
    expect(bench.journal.slice(0, 2)).toEqual([
      { code: 'SWEEP_STARTED', fields: {} },
      { code: 'POOL_DISCOVER', fields: { poolId } },
    ])
    expect(bench.journal.at(-1)).toEqual({ code: 'SWEEP_FINISHED', fields: counts })
  })

  test('which pools are no longer what they were', async () => {
    const poolId = closedPool(bench, { private_comment: '[keep]' })
    await bench.hint(poolId)
    bench.model.editPool(poolId, { private_comment: '' })
    bench.journal.length = 0
    await sweep(bench.dependencies, 'tester')
    expect(bench.journal[1]).toEqual({ code: 'POOL_CHANGED', fields: { poolId } })
  })

  test('that another one is under way', async () => {
    await Promise.all(['one', 'two'].map((owner) => sweep(bench.dependencies, owner)))
    expect(codes().filter((code) => code === 'SWEEP_BUSY')).toHaveLength(1)
  })

  test('that it stopped, and why', async () => {
    bench.fake.faults.next({ path: '/pools', times: 4 }, { kind: 'status', status: 503 })
    await sweep(bench.dependencies, 'tester')
    expect(codes()).toEqual(['SWEEP_STARTED', 'TOLOKA_TROUBLE', 'SWEEP_STOPPED'])
    expect(bench.journal[1]?.fields).toEqual({
      problem: expect.stringContaining('GET /pools?status=CLOSED: 503'),
      class: 'fault',
    })
  })
})

describe('Of the token the journal says', () => {
  const error = new TolokaError({
    call: 'GET /pools/17',
    status: 401,
    code: null,
    readable: true,
    message: 'Who are you?',
    requestId: 'request-1',
    retryAfterMs: null,
  })

  test('that it is refused, once and with the answer, and after each probe that it still is', async () => {
    const deniedSince = toIso(bench.clock.at)
    await denyAccess(bench.dependencies, error)
    await denyAccess(bench.dependencies, error)
    bench.model.blockAccount(true)
    bench.clock.at += hourMs
    await bench.hint(closedPool(bench))

    expect(bench.journal.slice(0, 2)).toEqual([
      { code: 'ACCESS_DENIED', fields: { problem: error.message } },
      { code: 'ACCESS_STILL_DENIED', fields: { deniedSince } },
    ])
  })

  test('that it is another account’s, and what to do', async () => {
    const settings = { ...bench.dependencies.settings, origin: 'https://elsewhere.example' }
    await expect(sweep({ ...bench.dependencies, settings }, 'tester')).rejects.toThrow(
      'Use the token and TOLOKA_URL of that account',
    )
    const wrong = bench.journal.find(({ code }) => code === 'WRONG_ACCOUNT')
    expect(wrong?.fields['problem']).toContain('points to https://elsewhere.example')
  })
})
