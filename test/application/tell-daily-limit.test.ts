import { afterEach, describe, expect, test } from '@jest/globals'
import { minuteMs } from '../../functions/domain/instant.ts'
import { setUpNoticeBench, type NoticeBench } from '../support/notice-bench.ts'

let bench: NoticeBench

afterEach(() => bench.close())

describe('The daily limit', () => {
  test('is told once on its day, to whom no alarm tells it', async () => {
    bench = await setUpNoticeBench({ settings: { maxArchivesPerDay: 1 } })
    await bench.archiveOne()
    await bench.sweepFor(1, [bench.notifier(), bench.mail])
    expect(bench.slack.texts.join()).not.toContain('limit')
    for (let count = 0; count < 3; count += 1) await bench.archiveOne()
    await bench.sweepFor(5, [bench.notifier(), bench.mail])
    await bench.sweepFor(5, [bench.notifier(), bench.mail])

    expect(bench.slack.texts.filter((text) => text.includes('limit'))).toEqual([
      "*archiver*: Today's limit of 1 archive requests is reached\n" +
        'Pools that wait for another day: 3 so far. They are archived in their order. ' +
        'If there should be so many, raise MAX_ARCHIVES_PER_DAY.',
    ])
    expect(bench.mailed.join()).not.toContain('limit')
    expect(bench.entriesOf('DAILY_LIMIT_REACHED')).toEqual([{ limit: 1 }])
  })

  test('stands in the digest while it lasts', async () => {
    bench = await setUpNoticeBench({ settings: { maxArchivesPerDay: 1 } })
    await bench.archiveOne()
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    await bench.sweepFor(1)

    expect(bench.slack.texts.at(-1)).toContain(
      'The limit of archive requests for today is reached; put off so far: 1.',
    )
  })

  test('that was never met is not told', async () => {
    bench = await setUpNoticeBench({ settings: { maxArchivesPerDay: 1, observing: true } })
    await bench.archiveOne()
    await bench.sweepFor(1)

    expect(bench.slack.texts.join()).not.toContain('limit')
  })
})
