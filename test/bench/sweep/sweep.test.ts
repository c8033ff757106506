import { expect, test } from '@jest/globals'
import { isReached } from '../benchmark.ts'
import { sweepKnownPools } from './sweep-known-pools.ts'
import { sweepOverTable } from './sweep-table.ts'
import { measureSweeps } from './sweep.ts'

test('A sweep asks for lists alone, and five times more for a pool that has to be archived', async () => {
  const [first, second, ...none] = await sweepKnownPools({ pools: 3_001, due: 4, sweeps: 2 })
  expect(first?.result).toEqual({
    outcome: 'finished',
    pages: 11,
    listed: 3_001,
    discovered: 2,
    changed: 2,
    woken: 4,
    repaired: 0,
  })
  expect(first?.requests).toEqual({
    'GET /requester': 1,
    'GET /pools': 11,
    'GET /pools/{id}': 2 * 4, // Before and after.
    'GET /assignments': 2 * 4, // Pending work, then rejections.
    'POST /pools/{id}/archive': 4,
  })
  expect(second?.result).toMatchObject({ listed: 2_997, discovered: 0, changed: 0, woken: 0 })
  expect(second?.requests).toEqual({ 'GET /requester': 1, 'GET /pools': 10 })
  expect(none).toEqual([])
})

test('A sweep over DynamoDB reads half a unit for each record, and two more with each page', async () => {
  const { read, readOfRecords, written } = await sweepOverTable(900)
  expect(readOfRecords).toBe(450)
  expect(read - readOfRecords).toBe(2 * 3 + 5) // Lease, cursor and end, and what is due.
  expect(written).toBe(3 + 3)
})

test('The figures are those of the sweeps', async () => {
  const figures = await measureSweeps({
    pools: 900,
    fewerPools: 300,
    due: 2,
    sweeps: 2,
    poolsInTable: 30,
  })
  expect(figures.map(({ ours }) => ours)).toEqual([
    4,
    5,
    expect.any(Number),
    expect.any(Number),
    1,
    expect.any(Number),
  ])
  expect(figures.slice(0, 2).every(isReached)).toBe(true)
})
