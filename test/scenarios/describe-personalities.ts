import { describe, expect, test } from '@jest/globals'
import { personalities } from '../fake-toloka/personality.ts'
import { liveAll } from './story.ts'
import { World } from './world.ts'

/**
 * What Toloka's documents leave open must make no difference to how a pool's life ends: all lives
 * with every personality of Toloka. In parts, so that they run side by side.
 *
 * @param part from 1
 */
export function describePersonalities(part: number, parts: number): void {
  const these = personalities.filter((_, index) => index % parts === part - 1)
  describe.each(these)('A Toloka of this kind: $name', ({ personality }) => {
    test('archives every pool in its time, none early, none twice, and keeps what is to be kept', async () => {
      const world = await World.create({ personality, settings: { SWEEP_INTERVAL: '1d' } })
      try {
        const { endings, faults } = await liveAll(world)
        const wrong = endings.filter(({ endedAsItShould }) => !endedAsItShould)
        expect(wrong.map(({ life, record }) => [life.name, record?.history])).toEqual([])
        expect(world.model.violations).toEqual([])
        expect(faults).toEqual({ early: 0, twice: 0, forgotten: 0 })
      } finally {
        await world.close()
      }
    })
  })
}
