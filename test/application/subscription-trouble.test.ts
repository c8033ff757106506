import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  careOf,
  listed,
  nothingKept,
  openPool,
  secrets,
  written,
} from '../support/subscription-bench.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

const keep = () => careOf(bench).keep()

describe('Trouble stops the work, never the sweep:', () => {
  test.each(['GET', 'PUT'])('a 403 on %s is explained', async (method) => {
    openPool(bench)
    bench.fake.faults.next(
      { method, path: '/webhook-subscriptions' },
      { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' },
    )
    const problem = expect.stringContaining("enabled for the account: ask Toloka's support.")
    expect(await keep()).toEqual({ ...nothingKept, outcome: 'forbidden', problem })
    expect(written(bench, 'SUBSCRIPTIONS_FORBIDDEN')).toEqual([
      { problem, covered: 0, put: 0, refused: 0, removed: 0 },
    ])
    expect((await bench.dependencies.account.read()).denied).toBeNull()
    expect(await keep()).toEqual({ ...nothingKept, put: 1 })
  })

  test.each([
    ['the list of subscriptions', { method: 'GET', path: '/webhook-subscriptions', times: 4 }],
    ['the list of pools', { method: 'GET', path: /\/pools$/, times: 4 }],
    ['a put', { method: 'PUT' }],
  ])('no answer to %s', async (_what, target) => {
    openPool(bench)
    bench.fake.faults.next(target, { kind: 'status', status: 503 })
    const problem = expect.stringContaining('503')
    expect(await keep()).toEqual({ ...nothingKept, outcome: 'stopped', problem })
    expect(written(bench, 'SUBSCRIPTIONS_STOPPED')).toEqual([
      { problem, covered: 0, put: 0, refused: 0, removed: 0 },
    ])
    expect(await keep()).toEqual({ ...nothingKept, put: 1 })
  })

  test('a batch that is lost leaves those before it in place', async () => {
    for (let count = 0; count < 101; count += 1) openPool(bench)
    const target = { method: 'PUT' }
    bench.fake.faults.next(target, { kind: 'edited', edit: (body) => body })
    bench.fake.faults.next(target, { kind: 'status', status: 502, body: 'html' })
    expect(await keep()).toMatchObject({ outcome: 'stopped', put: 100 })
    expect(await keep()).toEqual({ ...nothingKept, covered: 100, put: 1 })
  })

  test('a secret that cannot be read means no request at all', async () => {
    openPool(bench)
    const problem = 'Nobody may read it.'
    const care = careOf(bench, async () => {
      throw new Error(problem)
    })
    expect(await care.keep()).toEqual({ ...nothingKept, outcome: 'stopped', problem })
    expect(bench.model.requests.total).toBe(0)
  })

  test.each([
    ['at once', 0],
    ['after the list of subscriptions', 1],
    ['after both lists', 2],
  ])('no time left %s', async (_when, looks) => {
    openPool(bench)
    let left = looks
    const clock = { now: () => (left-- > 0 ? 0 : 1) }
    const late = { ...bench, dependencies: { ...bench.dependencies, clock } }
    const problem = 'There was not enough time.'
    expect(await careOf(late).keep(1)).toEqual({ ...nothingKept, outcome: 'stopped', problem })
    expect(await listed(bench)).toEqual([])
    expect(await keep()).toEqual({ ...nothingKept, put: 1 })
  })

  test('no secret is in the journal, whatever happens', async () => {
    openPool(bench)
    await keep()
    bench.fake.faults.next({ method: 'GET' }, { kind: 'refusal', status: 403, code: 'NO' })
    await keep()
    expect(JSON.stringify(bench.journal)).not.toContain(secrets.newest)
  })
})
