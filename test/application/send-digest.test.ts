import { afterEach, describe, expect, test } from '@jest/globals'
import { sweepAndTell } from '../../functions/application/sweep-and-tell.ts'
import { dayMs, minuteMs } from '../../functions/domain/instant.ts'
import { pass } from '../support/closed-pools.ts'
import { setUpNoticeBench, type NoticeBench } from '../support/notice-bench.ts'

let bench: NoticeBench

afterEach(() => bench.close())

describe('The digest', () => {
  test('is sent by the first sweep of a day, and by no other', async () => {
    bench = await setUpNoticeBench()
    await bench.sweepFor(1) // Nothing to tell: this day goes without.
    const poolId = await bench.archiveOne()
    await bench.sweepFor(13)
    expect(bench.slack.texts).toEqual([])
    await bench.sweepFor(24)
    await bench.sweepFor(1)

    expect(bench.slack.texts).toEqual([
      `*archiver*: 1 archived\nArchived since 2026-01-04 23:59 UTC: 1\n- ${poolId} Pool ${poolId}\n`,
    ])
    expect(bench.entriesOf('NOTICE_SENT')).toEqual([
      { occasion: 'digest', place: 'slack', subject: '1 archived' },
    ])
  })

  test('tells of each day what happened since the last one', async () => {
    bench = await setUpNoticeBench()
    const first = await bench.archiveOne()
    await pass(bench, dayMs)
    await bench.sweepFor(1)
    const second = await bench.archiveOne()
    await pass(bench, dayMs)
    await bench.sweepFor(1)
    await pass(bench, dayMs)
    await bench.sweepFor(1)

    expect(bench.slack.texts).toHaveLength(2)
    expect(bench.slack.texts[0]).toContain(`- ${first} `)
    expect(bench.slack.texts[1]).toContain(`- ${second} `)
    expect(bench.slack.texts[1]).not.toContain(`- ${first} `)
  })

  test('that cannot be sent is tried again by the next sweep', async () => {
    bench = await setUpNoticeBench()
    const poolId = await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    bench.slack.answer = { status: 500 }
    await bench.sweepFor(2)
    bench.slack.answer = { status: 200 }
    await bench.sweepFor(5)

    expect(bench.slack.texts).toHaveLength(3)
    expect(bench.slack.texts.at(-1)).toContain(poolId)
    expect(bench.entriesOf('NOTICE_FAILED')).toEqual(
      Array.from({ length: 2 }, () => ({
        occasion: 'digest',
        place: 'slack',
        problem: expect.stringContaining('status 500'),
      })),
    )
  })

  test('goes to each place, whatever becomes of the others', async () => {
    bench = await setUpNoticeBench()
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    bench.slack.answer = { status: 500 }
    await bench.sweepFor(3, [bench.notifier(), bench.mail])

    expect(bench.mailed).toEqual(['1 archived'])
    expect(bench.slack.texts).toHaveLength(3)
  })

  test('is sent once when two sweep at the same time', async () => {
    bench = await setUpNoticeBench()
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    await Promise.all(
      [1, 2, 3].map(() => sweepAndTell(bench.dependencies, [bench.notifier()], 'tester')),
    )

    expect(bench.slack.texts).toHaveLength(1)
  })
})
