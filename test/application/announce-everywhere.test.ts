import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { announceEverywhere } from '../../functions/application/announce-everywhere.ts'
import type { Announcer } from '../../functions/application/ports.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { minuteMs } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
/** What each place was told, and those that take nothing now. */
const told: { readonly events: string[]; readonly slack: string[] } = { events: [], slack: [] }
const broken = new Set<string>()

beforeEach(async () => {
  broken.clear()
  for (const place of [told.events, told.slack]) place.length = 0
  bench = await setUpWorkbench({
    replace: () => ({
      announcer: announceEverywhere({ events: placeOf('events'), slack: placeOf('slack') }),
    }),
  })
})

afterEach(() => bench.close())

function placeOf(place: 'events' | 'slack'): Announcer {
  return {
    announce: async ({ id }) => {
      if (broken.has(place)) throw new Error(`${place} is away.`)
      told[place].push(id)
    },
  }
}

async function sweepLater(): Promise<void> {
  bench.clock.at += minuteMs
  await sweep(bench.dependencies, 'tester')
}

async function archiveOne(): Promise<readonly string[]> {
  const poolId = closedPool(bench)
  await bench.hint(poolId)
  const { state, version } = await bench.record(poolId)
  expect(state).toBe('archived')
  return [`${poolId}:${version - 1}`]
}

const problems = (): readonly unknown[] =>
  bench.journal.flatMap(({ code, fields }) =>
    code === 'ANNOUNCEMENT_FAILED' ? [fields['problem']] : [],
  )

describe('Of several places', () => {
  test('each is told once', async () => {
    const ids = await archiveOne()
    await sweepLater()

    expect(told).toEqual({ events: ids, slack: ids })
    expect(problems()).toEqual([])
  })

  test.each(['events', 'slack'] as const)(
    'the others are told once, however long %s cannot be told',
    async (place) => {
      broken.add(place)
      const ids = await archiveOne()
      for (let count = 0; count < 3; count += 1) await sweepLater()
      const other = place === 'slack' ? told.events : told.slack

      expect(other).toEqual(ids)
      expect(told[place]).toEqual([])
      expect(problems()).toEqual(
        Array.from({ length: 4 }, () => `PartlyAnnounced: Error: ${place} is away.`),
      )

      broken.clear()
      await sweepLater()
      await sweepLater()
      expect(told).toEqual({ events: ids, slack: ids })
    },
  )

  test('that all cannot be told none is forgotten, and nothing is written', async () => {
    broken.add('events').add('slack')
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    const { version, outbox } = await bench.record(poolId)
    await sweepLater()

    expect(await bench.record(poolId)).toMatchObject({ version, outbox })
    broken.clear()
    await sweepLater()
    expect(told).toEqual({ events: [`${poolId}:${version}`], slack: [`${poolId}:${version}`] })
  })

  test('one that knows already is not told again after a restart', async () => {
    broken.add('slack')
    const [id = ''] = await archiveOne().catch(() => [])
    const [poolId = ''] = id.split(':')
    const { outbox } = await bench.record(poolId)

    expect(outbox).toMatchObject([{ toldTo: ['events'] }])
  })
})

test('What is being announced just now is not announced by a sweep at the same time', async () => {
  broken.add('slack')
  await archiveOne().catch(() => [])
  await sweep(bench.dependencies, 'tester')

  expect(problems()).toHaveLength(1)
})
