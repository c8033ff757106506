import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DataFileError } from '../../functions/adapters/local/data-file-error.ts'
import { WrongAccountError } from '../../functions/application/access.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { hourMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import { workOff, type Work } from '../../functions/local/work-off.ts'
import { beginsAt, openBox, type Box } from './box.ts'

describe('Working off', () => {
  let box: Box

  beforeEach(async () => {
    box = await openBox()
  })
  afterEach(async () => {
    await box.close()
  })

  const workWith = (handle: (poolId: string) => Promise<void>): Work => ({
    ...box.archiver,
    handleWakeUp: async ({ poolId }: WakeUp) => handle(poolId),
  })

  const request = async (...poolIds: readonly string[]): Promise<void> => {
    for (const poolId of poolIds) {
      await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: beginsAt })
    }
  }

  const readDeadLetters = (): readonly unknown[] => {
    const beside = new DatabaseSync(box.config.dataFile)
    const rows = beside.prepare('select pool_id, failures, problem from dead_letters').all()
    beside.close()
    return rows
  }

  test('handles all that is due, each once, and nothing else', async () => {
    await request('17', '18')
    const later = { version: 1, poolId: '19', cause: 'timer', dueAt: beginsAt + 1 } as const
    await box.archiver.queue.request(later)
    const handled: string[] = []
    const work = workWith(async (poolId) => void handled.push(poolId))
    await workOff(work)
    await workOff(work)

    expect(handled).toEqual(['17', '18'])
    expect(await box.archiver.queue.nextDueAt()).toBe(beginsAt + 1)
  })

  test('tries again what fails, after waits that grow, and then puts it to the dead letters', async () => {
    await request('17')
    const work = workWith(async () => {
      throw new TypeError('A defect.')
    })
    const waits: (number | null)[] = []
    for (let tries = 0; tries < 5; tries += 1) {
      const triedAt = box.clock.at
      await workOff(work)
      const nextAt = await box.archiver.queue.nextDueAt()
      waits.push(nextAt === null ? null : nextAt - triedAt)
      box.clock.at = nextAt ?? triedAt
    }

    expect(waits).toEqual([30 * secondMs, minuteMs, 2 * minuteMs, 4 * minuteMs, null])
    const fields = { poolId: '17', problem: 'TypeError: A defect.' }
    const failed = { code: 'WAKE_UP_FAILED', fields }
    expect(box.journal.entries).toEqual([
      ...Array.from({ length: 4 }, () => failed),
      { code: 'WAKE_UP_DEAD', fields },
    ])
    expect(readDeadLetters()).toEqual([
      { pool_id: '17', failures: 5, problem: 'TypeError: A defect.' },
    ])
  })

  test('gives nothing up because of the data file', async () => {
    await request('17')
    const work = workWith(async () => {
      throw new DataFileError('x.sqlite', 'cannot grow because the disk is full', 'Make room.')
    })
    for (let tries = 0; tries < 12; tries += 1) {
      await workOff(work)
      const nextAt = await box.archiver.queue.nextDueAt()
      expect(nextAt).toBeGreaterThan(box.clock.at)
      expect(nextAt).toBeLessThanOrEqual(box.clock.at + hourMs)
      box.clock.at = nextAt ?? box.clock.at
    }
    expect(readDeadLetters()).toEqual([])
  })

  test('lets one bad pool not keep others waiting', async () => {
    await request('17', '18')
    const handled: string[] = []
    await workOff(
      workWith(async (poolId) => {
        if (poolId === '17') throw new Error('Bad.')
        handled.push(poolId)
      }),
    )
    expect(handled).toEqual(['18'])
  })

  test('takes up what is requested while a slow pool is under way', async () => {
    await request('17')
    const slow = openGate()
    const handled: string[] = []
    const worked = workOff(
      workWith(async (poolId) => {
        if (poolId === '17') {
          await request('18')
          await slow.opened
        } else slow.open() // It would never end, had it to wait for 17.
        handled.push(poolId)
      }),
    )
    await worked
    expect(handled).toEqual(['18', '17'])
  })

  test('handles eight pools side by side, and no more', async () => {
    await request(...Array.from({ length: 20 }, (_, index) => String(index)))
    let atOnce = 0
    let most = 0
    await workOff(
      workWith(async () => {
        atOnce += 1
        most = Math.max(most, atOnce)
        await new Promise(setImmediate)
        atOnce -= 1
      }),
    )
    expect(most).toBe(8)
    expect(await box.archiver.queue.nextDueAt()).toBeNull()
  })

  test('finishes what is under way when it is stopped, and takes nothing new', async () => {
    await request(...Array.from({ length: 20 }, (_, index) => String(index)))
    const stop = new AbortController()
    const finished: string[] = []
    await workOff(
      workWith(async (poolId) => {
        stop.abort()
        await new Promise(setImmediate)
        finished.push(poolId)
      }),
      stop.signal,
    )
    expect(finished).toHaveLength(8)
    expect(await box.archiver.queue.nextDueAt()).toBe(beginsAt)
    await workOff(
      workWith(async (poolId) => void finished.push(poolId)),
      stop.signal,
    )
    expect(finished).toHaveLength(8)
  })

  test('ends for another account, after what is under way, and forgets nothing', async () => {
    await request('17', '18', ...Array.from({ length: 20 }, (_, index) => `9${index}`))
    const finished: string[] = []
    const work = workWith(async (poolId) => {
      if (poolId === '17') throw new WrongAccountError('requester a', 'requester b')
      await new Promise(setImmediate)
      finished.push(poolId)
    })
    await expect(workOff(work)).rejects.toThrow('The records belong to requester a')

    expect(finished).toHaveLength(7)
    box.clock.at += minuteMs
    const rest: string[] = []
    await workOff(workWith(async (poolId) => void rest.push(poolId)))
    expect(rest).toContain('17')
    expect(rest).toHaveLength(15)
  })

  test('stops when the data file fails, and not before all under way has ended', async () => {
    await request('17', '18')
    let ended = 0
    const work = workWith(async () => {
      await new Promise(setImmediate)
      if (ended === 0) box.archiver.close()
      ended += 1
    })
    await expect(workOff(work)).rejects.toThrow('not open')
    expect(ended).toBe(2)

    const again: string[] = []
    const queue = box.reopen().queue
    await workOff({ ...workWith(async (poolId) => void again.push(poolId)), queue })
    expect(again).toEqual(['17', '18'])
  })
})

function openGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}
