import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { accountChecks } from '../../functions/application/account-checks.ts'
import { changeAccount } from '../../functions/application/account.ts'
import { checkUp, type Level } from '../../functions/application/check-up.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import { newRecord, type ArchivalRecord } from '../../functions/domain/record.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'

let bench: Workbench
let deadLetters: number

beforeEach(async () => {
  deadLetters = 0
  bench = await setUpWorkbench()
})
afterEach(() => bench.close())

async function again(options: WorkbenchOptions): Promise<void> {
  await bench.close()
  bench = await setUpWorkbench(options)
}

async function found(name: string): Promise<readonly [level: Level, text: string]> {
  const box = { count: async () => deadLetters }
  const results = await checkUp(accountChecks(bench.dependencies, box))
  const result = results.find((one) => one.name === name)
  if (!result) throw new Error(`Nobody looks after ${name}.`)
  const isHelpWanted = result.level !== 'green'
  expect(/\w.*\.$/.test(result.advice ?? '')).toBe(isHelpWanted)
  return [result.level, result.text]
}

async function store(poolId: string, change: Partial<ArchivalRecord>): Promise<void> {
  const { at } = bench.clock
  await bench.dependencies.store.put({ ...newRecord(poolId, at), version: 1, ...change }, 0)
}

const account = (change: Parameters<typeof changeAccount>[1]) =>
  changeAccount(bench.dependencies, change)

describe('The token', () => {
  test('belongs to nobody yet, then to the account of the records', async () => {
    const whose = `of requester ${bench.model.requesterId} at ${bench.fake.url}`
    expect(await found('token')).toEqual(['yellow', `${whose}; the records belong to nobody yet`])
    await sweep(bench.dependencies, 'local')
    expect(await found('token')).toEqual(['green', `${whose}, as the records are`])
  })

  test('of another account is red', async () => {
    await account(() => ({ owner: { origin: bench.fake.url, requesterId: 'other' } }))
    const [level, text] = await found('token')
    expect(level).toBe('red')
    expect(text).toContain('The records belong to requester other')
  })

  test('that Toloka refuses is red, and shown nowhere', async () => {
    bench.fake.faults.next({ times: Infinity }, { kind: 'refusal', status: 401, code: 'NO' })
    const [level, text] = await found('token')
    expect(level).toBe('red')
    expect(text).toContain('GET /requester: 401')
    expect(text).not.toContain(bench.model.token)
  })
})

test('A refusal that the archiver met is red until it is over', async () => {
  expect(await found('access')).toEqual(['green', 'the archiver knows of no refusal'])
  const error = { at: 0, call: 'GET /pools', status: 401, code: null, requestId: null }
  const denied = { since: 0, nextProbeAt: 0, error: { ...error, message: 'expired' } }
  await account(() => ({ denied }))
  expect(await found('access')).toEqual(['red', 'refused since 1970-01-01T00:00:00.000Z: expired'])
})

describe('The clock', () => {
  test.each<[aheadMs: number, level: Level, text: string]>([
    [0, 'green', 'as Toloka has it'],
    [30 * secondMs, 'green', 'as Toloka has it'],
    [31 * secondMs, 'yellow', "31 s behind Toloka's"],
    [-31 * secondMs, 'yellow', "31 s ahead of Toloka's"],
    [5 * minuteMs + secondMs, 'red', "301 s behind Toloka's"],
    [-5 * minuteMs - secondMs, 'red', "301 s ahead of Toloka's"],
  ])('with Toloka ahead by %i ms is %s', async (tolokaAheadMs, level, text) => {
    await again({ tolokaAheadMs })
    expect(await found('clock')).toEqual([level, text])
  })

  test('cannot be compared if Toloka tells no time', async () => {
    const silent = async () => ({ id: '1', serverTime: null })
    await again({ replace: ({ toloka }) => ({ toloka: { ...toloka, readRequester: silent } }) })
    expect((await found('clock'))[0]).toBe('yellow')
  })

  test('is not wrong because an answer takes long', async () => {
    const late = async () => {
      const serverTime = bench.clock.at + minuteMs
      bench.clock.at += 2 * minuteMs
      return { id: '1', serverTime }
    }
    await again({ replace: ({ toloka }) => ({ toloka: { ...toloka, readRequester: late } }) })
    expect(await found('clock')).toEqual(['green', 'as Toloka has it'])
  })
})

describe('The mode', () => {
  test('of an archiver that archives is green, unless it is paused', async () => {
    expect(await found('mode')).toEqual(['green', 'archives'])
    await account(() => ({ paused: { by: 'ada', since: 0 } }))
    expect(await found('mode')).toEqual([
      'yellow',
      'paused by ada since 1970-01-01T00:00:00.000Z: nothing is archived',
    ])
  })

  test('of one that only watches is worth knowing', async () => {
    await again({ settings: { observing: true } })
    expect(await found('mode')).toEqual(['yellow', 'only watches: nothing is archived'])
  })
})

test('Sweeps are late after two intervals and an hour', async () => {
  expect(await found('sweep')).toEqual(['yellow', 'none has been finished yet'])
  await sweep(bench.dependencies, 'local')
  bench.clock.at += 3 * hourMs
  expect(await found('sweep')).toEqual([
    'green',
    'the last one was finished at 2026-01-05T10:00:00.000Z',
  ])
  bench.clock.at += 1
  expect((await found('sweep'))[0]).toBe('red')
})

describe('Pools that are overdue', () => {
  test.each<[lateMs: number, level: Level]>([
    [5 * minuteMs - 1, 'green'],
    [5 * minuteMs, 'yellow'],
    [hourMs, 'yellow'],
    [hourMs + 1, 'red'],
  ])('by %i ms are %s', async (lateMs, level) => {
    await store('17', { reason: 'appeal-window', dueAt: bench.clock.at - lateMs })
    const [seen, text] = await found('overdue pools')
    expect(seen).toBe(level)
    expect(text).toMatch(
      level === 'green' ? /^none$/ : /^1 pool, the longest since .* \(pool 17\)$/,
    )
  })

  test('are not those that were only just found', async () => {
    await store('17', { reason: 'discovered', dueAt: bench.clock.at - dayMs })
    expect(await found('overdue pools')).toEqual([
      'green',
      'none; just found and waiting for its turn: 1 pool',
    ])
  })

  test('are counted up to a hundred', async () => {
    for (let pool = 0; pool < 101; pool += 1) {
      await store(String(pool), { reason: 'appeal-window', dueAt: bench.clock.at - dayMs })
    }
    expect((await found('overdue pools'))[1]).toContain('100 pools or more')
  })
})

test('Pools that need a person are named, some of them', async () => {
  expect(await found('attention')).toEqual(['green', 'no pool needs a person'])
  for (const poolId of ['11', '12', '13', '14', '15']) await store(poolId, { state: 'attention' })
  expect(await found('attention')).toEqual([
    'red',
    '5 pools in need of a person: 11, 12, 13, 14, 15',
  ])
  await store('16', { state: 'attention' })
  expect((await found('attention'))[1]).toContain('11, 12, 13, 14, 15 and others')
})

test('Dead letters are red', async () => {
  expect(await found('dead letters')).toEqual(['green', 'none'])
  deadLetters = 2
  expect(await found('dead letters')).toEqual(['red', '2: wake-ups that failed for good'])
})
