import { afterEach, describe, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { closedPool, holdPool, pass } from '../support/closed-pools.ts'
import { setUpNoticeBench, type NoticeBench } from '../support/notice-bench.ts'

let bench: NoticeBench

afterEach(() => bench.close())

describe('The digest', () => {
  test('knows who archived, what waits, what is held and what needs somebody', async () => {
    bench = await setUpNoticeBench()
    const ours = await bench.archiveOne()
    const theirs = closedPool(bench)
    bench.model.archiveByHand(theirs)
    await bench.hint(theirs)
    const waiting = closedPool(bench)
    bench.model.addAssignment(waiting, { status: 'REJECTED', at: bench.clock.at - 8 * dayMs })
    const held = bench.model.createPool()
    const kept = closedPool(bench)
    await bench.hint(waiting)
    await bench.hint(held)
    await bench.hint(kept)
    await bench.hint('404')
    bench.clock.at += 2 * minuteMs
    await bench.sweepFor(1)

    expect(bench.slack.texts).toHaveLength(1)
    expect(bench.slack.texts[0]?.split('\n')).toEqual([
      '*archiver*: 3 archived, 1 newly planned, 1 needs attention',
      expect.stringMatching(/^Archived since 2026-01-04 10:01 UTC: 3$/),
      `- ${ours} Pool ${ours}`,
      `- ${theirs} Pool ${theirs} (not by this archiver)`,
      `- ${kept} Pool ${kept}`,
      '',
      'Newly planned: 1',
      `- ${waiting} Pool ${waiting}, 2026-01-06 11:01 UTC (appeal-window)`,
      '',
      'Needs attention: 1',
      expect.stringMatching(/^- 404 \(not-found\): Toloka does not know this pool/),
      '',
      'Held: 1',
      `- ${held} Pool ${held} (never-started): The pool is a draft: it was never started.`,
      '',
    ])
  })

  test('names what will be archived in the next 24 hours', async () => {
    bench = await setUpNoticeBench()
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at - 8 * dayMs })
    await bench.hint(poolId)
    await pass(bench, 2 * hourMs)
    await bench.sweepFor(1)

    expect(bench.slack.texts[0]).toContain(
      'Will be archived in the next 24 hours, if nothing comes between: 1\n' +
        `- ${poolId} Pool ${poolId}, 2026-01-06 11:01 UTC (appeal-window)`,
    )
  })

  test('of an archiver that watches says what would be archived', async () => {
    bench = await setUpNoticeBench({ settings: { observing: true } })
    const poolId = await bench.archiveOne()
    await bench.sweepFor(1)

    expect(bench.slack.texts).toEqual([
      '*archiver*: 1 would be archived now\n' +
        'The archiver only watches (ARCHIVE_MODE=observe): nothing is archived.\n\n' +
        `Would be archived now: 1\n- ${poolId} Pool ${poolId}\n`,
    ])
  })

  test('says that archiving is paused, and that the token is refused', async () => {
    bench = await setUpNoticeBench()
    const error = { at: 0, call: '', status: 401, code: null, message: '', requestId: null }
    const since = bench.clock.at
    await changeAccount(bench.dependencies, () => ({ paused: { by: 'ada', since } }))
    await bench.sweepFor(1)
    expect(bench.slack.texts).toEqual([])
    await pass(bench, dayMs)
    await bench.archiveOne()
    const denied = { since, nextProbeAt: since, error }
    await changeAccount(bench.dependencies, () => ({ denied }))
    await bench.sweepFor(1) // Asks Toloka, which accepts the token.
    expect(bench.slack.texts).toEqual([])
  })

  test('passes over a record that cannot be read, and says so', async () => {
    let isSpoiled = false
    bench = await setUpNoticeBench({
      replace: ({ store }) => ({
        store: {
          ...store,
          list: async (query) => {
            const isMet = isSpoiled && query.state === 'held'
            if (isMet) throw new UnreadableRecordError('17', 'spoiled')
            return store.list(query)
          },
        },
      }),
    })
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    isSpoiled = true
    await bench.sweepFor(1)

    expect(bench.slack.texts).toHaveLength(1)
    expect(bench.entriesOf('RECORD_UNREADABLE')).toHaveLength(1)
  })

  test('is left to the next sweep if the store fails, and the sweep is not', async () => {
    let isAway = true
    bench = await setUpNoticeBench({
      replace: ({ store }) => ({
        store: {
          ...store,
          list: async (query) => {
            if (isAway) throw new Error('The store is away.')
            return store.list(query)
          },
        },
      }),
    })
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    await bench.sweepFor(1)
    isAway = false
    await bench.sweepFor(1)

    expect(bench.slack.texts).toHaveLength(1)
    expect(bench.entriesOf('NOTICE_FAILED')).toEqual([
      { occasion: 'digest', place: 'slack', problem: 'Error: The store is away.' },
    ])
  })

  test('counts no further than it has to', async () => {
    bench = await setUpNoticeBench({
      replace: ({ store }) => ({
        store: {
          ...store,
          list: async (query) => {
            const { records } = await store.list({ ...query, after: null })
            return { records: Array.from({ length: 100 }, () => records).flat(), next: 'more' }
          },
        },
      }),
    })
    const poolId = bench.model.createPool()
    await bench.hint(poolId)
    await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    await bench.sweepFor(1)

    expect(bench.slack.texts[0]).toContain('Held: 2000 or more\n')
  })

  test('tells nothing of what became known later of a pool that was archived before', async () => {
    bench = await setUpNoticeBench()
    const poolId = await bench.archiveOne()
    bench.clock.at += 2 * minuteMs
    await bench.sweepFor(1)
    await pass(bench, dayMs)
    const record = await bench.record(poolId)
    const settled = { ...record, version: record.version + 1, updatedAt: bench.clock.at - hourMs }
    await bench.dependencies.store.put(settled, record.version)
    await bench.sweepFor(1)

    expect(bench.slack.texts).toHaveLength(1)
  })

  test('tells of a pool that a person holds', async () => {
    bench = await setUpNoticeBench()
    const poolId = bench.model.createPool()
    await bench.hint(poolId)
    await holdPool(bench, poolId)
    await bench.hint(poolId)
    await bench.hint('404')
    bench.clock.at += 2 * minuteMs
    await bench.sweepFor(1)

    expect(bench.slack.texts[0]).toContain(
      `- ${poolId} Pool ${poolId} (held-by-operator): An operator holds`,
    )
  })
})
