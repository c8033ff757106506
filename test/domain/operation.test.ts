import { expect, test } from '@jest/globals'
import { hourMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import { followUpDelayMs, hasEnded, type Operation } from '../../functions/domain/operation.ts'

const submittedAt = Date.parse('2026-03-25T10:00:00Z')
const running: Operation = {
  id: 'a7b1',
  type: 'POOL.ARCHIVE',
  status: 'RUNNING',
  poolId: '17',
  submittedAt,
  startedAt: submittedAt,
  finishedAt: null,
  progress: 40,
  details: null,
}

test.each([
  ['PENDING', false],
  ['RUNNING', false],
  ['SUCCESS', true],
  ['FAIL', true],
  ['success', false],
  ['CANCELLED', false],
  ['', false],
])('Status %j: ended %s', (status, ended) => {
  expect(hasEnded({ ...running, status })).toBe(ended)
})

test('A finish date or 100 percent is no end', () => {
  const finishedAt = submittedAt - hourMs
  expect(hasEnded({ ...running, finishedAt, progress: 100 })).toBe(false)
})

test.each([
  [0, 10 * secondMs],
  [1, 30 * secondMs],
  [2, 2 * minuteMs],
  [3, 10 * minuteMs],
  [4, hourMs],
  [5, hourMs],
  [500, hourMs],
])('After %d looks the next one is %d ms later', (looks, delayMs) => {
  expect(followUpDelayMs(looks)).toBe(delayMs)
})
