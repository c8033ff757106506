import { expect, test } from '@jest/globals'
import { HandClock } from '../fake-toloka/asking.ts'
import { Pace } from './pace.ts'

test('No second sees more than two requests, and two may come at once', async () => {
  const hand = new HandClock('2026-03-10T08:00:00Z')
  const start = hand.at
  const pace = new Pace(
    { now: hand.now, wait: (durationMs) => Promise.resolve(hand.pass(durationMs)) },
    2,
  )
  const passedAt: number[] = []
  for (let count = 0; count < 7; count++) {
    await pace.pass()
    passedAt.push(hand.at - start)
    if (count === 3) hand.pass(300)
  }
  expect(passedAt).toEqual([0, 0, 1000, 1000, 2000, 2000, 3000])
})
