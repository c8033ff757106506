import { describe, expect, test } from '@jest/globals'
import { lives } from '../scenarios/lives.ts'
import { blowKinds } from '../support/side-effects.ts'
import { strikeOnce, strikeTwice } from './crash-points.ts'

/** Side effects of each life of the demo: one more cannot go untested. */
const effectsOf: Readonly<Record<string, number>> = {
  'clean-close': 20,
  rejections: 72,
  'late-rejection': 99,
  appeal: 72,
  exam: 70,
  'review-pending': 40,
  reopened: 78,
  'closed-for-update': 29,
  draft: 14,
  kept: 13,
  'archived-by-somebody': 20,
  'slow-operation': 34,
  'failing-operation': 39,
  'lost-webhook': 26,
  crash: 20,
}

describe('Wherever a blow falls, each life ends as it should:', () => {
  test.each(lives)('$name', async (life) => {
    const { effects, lives: lived, failure } = await strikeOnce(life)

    expect(failure).toBeNull()
    expect(effects).toBe(effectsOf[life.name])
    expect(lived).toBe(effects * blowKinds.length)
  })
})

test('Two blows wherever they fall: a pool that closes is archived all the same', async () => {
  const [life] = lives
  if (life === undefined) throw new Error('There are no lives.')
  const { lives: lived, failure } = await strikeTwice(life)

  expect(failure).toBeNull()
  expect(lived).toBe(635)
})
