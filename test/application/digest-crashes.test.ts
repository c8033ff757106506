import { afterEach, describe, expect, test } from '@jest/globals'
import { sweepAndTell } from '../../functions/application/sweep-and-tell.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { setUpNoticeBench, type NoticeBench } from '../support/notice-bench.ts'
import { blowKinds, SideEffects } from '../support/side-effects.ts'

let bench: NoticeBench

afterEach(() => bench.close())

describe('A sweep that is struck at one of its side effects', () => {
  const effects = new SideEffects()
  /** More than there are in a sweep with a digest. */
  const positions = Array.from({ length: 9 }, (_, position) => position)

  test('is struck before and after the digest', async () => {
    bench = await setUpNoticeBench({ replace: effects.replace })
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    effects.arm()
    await sweepAndTell(bench.dependencies, [effects.watchNotifier(bench.notifier())], 'tester')

    expect(effects.done.slice(1, positions.length - 1)).toContain('notify')
    expect(effects.done.length).toBeLessThanOrEqual(positions.length)
  })

  test.each(blowKinds.flatMap((kind) => positions.map((position) => [kind, position] as const)))(
    '%s, number %i: no digest comes twice a day, and none is missing in the end',
    async (kind, position) => {
      bench = await setUpNoticeBench({ replace: effects.replace })
      const poolId = await bench.archiveOne()
      bench.clock.at += 2 * minuteMs
      const watched = effects.watchNotifier(bench.notifier())
      effects.arm({ position, kind })
      const days: number[] = []
      for (let count = 0; count < 8; count += 1) {
        const before = bench.slack.texts.length
        await sweepAndTell(bench.dependencies, [watched], 'tester').catch(() => null)
        effects.restart()
        const came = bench.slack.texts.slice(before)
        days.push(...came.map(() => Math.floor(bench.clock.at / dayMs)))
        bench.clock.at += 6 * hourMs
      }

      expect(effects.hasStruck).toBe(true)
      expect(bench.slack.texts.join()).toContain(`- ${poolId} `)
      // One that was sent and failed nevertheless is sent again: nobody can know.
      const mayRepeat = kind === 'fails-after' && effects.done[position] === 'notify'
      expect(days.length - new Set(days).size).toBe(mayRepeat ? 1 : 0)
    },
  )
})
