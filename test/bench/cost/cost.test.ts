import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { isReached, type Figure } from '../benchmark.ts'
import { describeCost } from './cost.ts'
import { countLives, type CountedLives, type FunctionCounts } from './counted-lives.ts'
import { runDurably } from './durable-function.ts'
import { countIndexWrites } from './metered-table.ts'
import { priceOf, together } from './price-table.ts'
import { statesEntered } from './state-machine.ts'

let lives: CountedLives
let figures: readonly Figure[]

beforeAll(async () => {
  lives = await countLives()
  figures = await describeCost(lives)
})

/** What is billed for; the log depends on the lengths of numbers and addresses. */
function countsOf({ logLines: _lines, logBytes: _bytes, ...counts }: FunctionCounts) {
  return counts
}

describe('The functions ask of AWS', () => {
  test('one message for a webhook, and nothing else', () => {
    for (const { webhook } of [lives.clean, lives.rejected]) {
      expect(countsOf(webhook)).toEqual({
        calls: 1,
        tolokaRequests: 0,
        awsCalls: 1,
        queueSends: 1,
        schedules: 0,
        events: 0,
        secretReads: 0,
        tableReads: 0,
        tableWrites: 0,
        indexWrites: 0,
      })
    }
  })

  test('no more than this for a pool that closes clean', () => {
    expect(countsOf(lives.clean.wakeUp)).toEqual({
      calls: 2,
      tolokaRequests: 5,
      awsCalls: 12,
      queueSends: 1,
      schedules: 0,
      events: 1,
      secretReads: 0,
      tableReads: 5,
      tableWrites: 5,
      indexWrites: 7,
    })
  })

  test('one look more, and one message, for an operation that takes some seconds', () => {
    expect(countsOf(lives.slow.wakeUp)).toEqual({
      ...countsOf(lives.clean.wakeUp),
      calls: 3,
      tolokaRequests: 6,
      awsCalls: 14,
      queueSends: 2,
      tableReads: 6,
    })
  })

  test('one look, one schedule and one event more for a rejection', () => {
    expect(countsOf(lives.rejected.wakeUp)).toEqual({
      calls: 3,
      tolokaRequests: 8,
      awsCalls: 18,
      queueSends: 1,
      schedules: 1,
      events: 2,
      secretReads: 0,
      tableReads: 7,
      tableWrites: 7,
      indexWrites: 11,
    })
  })

  test('their secrets when they start, and whose token it is', () => {
    const { webhook, wakeUp } = lives.cleanAndCold

    expect([webhook.secretReads, wakeUp.secretReads]).toEqual([1, 2])
    expect(wakeUp.tolokaRequests - lives.clean.wakeUp.tolokaRequests).toBe(wakeUp.calls)
    expect(wakeUp.tableWrites).toBe(lives.clean.wakeUp.tableWrites)
  })

  test('less than two kilobytes of log', () => {
    const { webhook, wakeUp } = lives.clean

    expect(webhook.logBytes + wakeUp.logBytes).toBeGreaterThan(500)
    expect(webhook.logBytes + wakeUp.logBytes).toBeLessThan(2_048)
  })
})

test('What it costs reaches its marks', () => {
  expect(figures.filter(({ mark }) => mark !== null)).toHaveLength(1)
  expect(figures.filter((figure) => !isReached(figure))).toEqual([])
})

describe('The documents say the same as', () => {
  const toNumber = (cell = ''): number => Number(cell.replaceAll(/[*,]/g, ''))

  /** Cells of the first table after a text, without its head. */
  function tableAfter(path: string, begin: string): readonly (readonly string[])[] {
    const [, after = ''] = readFileSync(path, 'utf8').split(begin)
    const [table = ''] = after.slice(after.indexOf('| ---')).split('\n\n', 1)
    const rows = table.split('\n').slice(1)
    return rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('**', '')))
  }

  const usdOf = (what: string): number | undefined =>
    figures.find((figure) => figure.what === what)?.ours

  test('the bill for a million clean pools', () => {
    const rows = tableAfter('docs/deploy.md', '**A million clean pools,**')
    const begin = 'a million clean pools: '
    const bill = figures.filter(({ what, alternative }) => {
      return what.startsWith(begin) && alternative === null
    })
    expect(rows.map(([, name]) => name?.toLowerCase())).toEqual(
      bill.map(({ what }) => what.slice(begin.length).toLowerCase()),
    )
    for (const [index, { ours }] of bill.entries()) {
      expect(toNumber(rows[index]?.[4])).toBeCloseTo(ours, 1)
    }
  })

  test('the path to 10 USD', () => {
    const rows = tableAfter('docs/deploy.md', '### The path to 10 USD')
    const path = figures.filter(({ what }) => what.startsWith('path to 10'))
    expect(rows).toHaveLength(path.length)
    for (const [index, { ours }] of path.entries()) {
      expect(toNumber(rows[index]?.[2])).toBeCloseTo(ours, 1)
    }
  })

  test('what a month costs, and other lives', () => {
    const page = readFileSync('docs/deploy.md', 'utf8')
    for (const what of [
      'a million pools with a rejection: together',
      'a million clean pools, slow operations: together',
      'each month: together',
    ]) {
      expect(page).toContain(usdOf(what)?.toFixed(2))
    }
  })

  test('other designs', () => {
    const rows = tableAfter('docs/performance.md', '## Cost beside other designs')
    const columns = ['Step Functions', 'Lambda durable function', 'cron every five minutes']
    for (const [, name = '', ours, ...others] of rows) {
      for (const [index, column] of [...columns, 'small machine'].entries()) {
        const found = figures.find(
          ({ what }) => what.toLowerCase() === `${name}: ${column}`.toLowerCase(),
        )
        const near = (cell: string | undefined, usd = Number.NaN): void => {
          expect(Math.abs(toNumber(cell) - usd)).toBeLessThan(Math.max(0.05, usd / 100))
        }
        near(ours, found?.ours)
        near(others[index], found?.alternative ?? Number.NaN)
      }
    }
  })
})

describe('An index is written', () => {
  const record = { id: 1, state: 'waiting', at: 1, reason: 'appeal-window', projectId: '7' }

  test.each([
    ['once for what is new', {}, record, 1],
    ['twice for another key', record, { ...record, state: 'submitting' }, 2],
    ['once for what it holds besides', record, { ...record, reason: 'paused' }, 1],
    ['never for the rest', record, { ...record, body: 'another' }, 0],
    ['once more for what is announced', record, { ...record, outbox: 'waiting' }, 1],
    ['once more when it has been', { ...record, outbox: 'waiting' }, record, 1],
  ])('%s', (_how, before, after, writes) => {
    expect(countIndexWrites(before, after)).toBe(writes)
  })
})

describe('Other designs', () => {
  test('enter a state for each step and each choice', () => {
    expect(statesEntered(['archive', 'archived'])).toHaveLength(5)
    expect(statesEntered(['wait', 'archive', 'running', 'archived']).join(' ')).toBe(
      'Look MayBeArchived WaitUntil Look MayBeArchived ' +
        'Archive HasEnded WaitABit Follow HasEnded Tell',
    )
  })

  test('are billed for a start, for steps and for waits', async () => {
    expect(await runDurably(['archive', 'archived'])).toEqual({ operations: 4, calls: 1 })
    expect(await runDurably(['wait', 'archive', 'running', 'archived'])).toEqual({
      operations: 8,
      calls: 3,
    })
  })
})

test('Usages add up, and have a price', () => {
  const usage = together({ events: 1, tableReads: 2 }, [3, { events: 2 }])

  expect(usage).toEqual({ events: 7, tableReads: 2 })
  expect(priceOf(together([1_000_000, usage]))).toBeCloseTo(7.25, 10)
})
