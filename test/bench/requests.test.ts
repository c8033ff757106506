import { expect, test } from '@jest/globals'
import { isReached, quantile } from './benchmark.ts'
import { reportAsTable } from './report.ts'
import { requests } from './requests.ts'

test('Counted figures reach their marks, whatever machine counts them', async () => {
  const figures = await requests.run()
  expect(figures.filter((figure) => !isReached(figure))).toEqual([])
  expect(figures.map(({ ours, alternative }) => [ours, alternative])).toEqual([
    [5, null],
    [8, null],
    [expect.any(Number), null],
    [5, 2_003],
    [5, 337],
  ])
})

test('A mark that is missed is called so', () => {
  const figure = {
    what: 'something',
    unit: 'times as fast',
    ours: 1,
    alternative: 4,
    value: 0.25,
    spread: [0.2, 0.3],
    mark: { atLeast: 0.5 },
  } as const
  const table = reportAsTable([{ name: 'it', title: 'It', figures: [figure] }])
  expect(table).toContain('| something | 1 | 4 | 0.25 (0.2–0.3) times as fast | ≥ 0.5: MISSED |')
})

test('A figure without a mark has none', () => {
  const figure = {
    what: 'something',
    unit: 'times as long',
    ours: 1,
    alternative: 4,
    value: 0.25,
    spread: null,
    mark: null,
  } as const
  const table = reportAsTable([{ name: 'it', title: 'It', figures: [figure] }])
  expect(table).toContain('| something | 1 | 4 | 0.25 times as long | – |')
})

test('A median is in the middle, and a quartile a quarter of the way', () => {
  expect([0.25, 0.5, 0.75].map((share) => quantile([5, 1, 4, 2, 3], share))).toEqual([2, 3, 4])
})
