import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import {
  createWakeUpQueue,
  type WakeUpQueue,
} from '../../../functions/adapters/local/wake-up-queue.ts'
import type { WakeUp } from '../../../functions/application/ports.ts'
import { hourMs, minuteMs, type Instant } from '../../../functions/domain/instant.ts'
import { start } from '../../contract/records.ts'
import { openPair, type Pair } from './open-pair.ts'

describe('The queue of wake-ups', () => {
  let pair: Pair
  let queue: WakeUpQueue
  const clock = { now: (): Instant => start }

  beforeEach(() => {
    pair = openPair()
    queue = createWakeUpQueue(pair.own, clock)
  })
  afterEach(async () => pair.close())

  const ask = async (poolId: string, dueAt: Instant, at = queue): Promise<void> =>
    at.request(makeWakeUp(poolId, dueAt))
  const takePools = async (now: Instant, limit = 10): Promise<readonly string[]> =>
    (await queue.takeDue(now, limit)).map(({ wakeUp }) => wakeUp.poolId)
  const takeOne = async (now: Instant): Promise<number> =>
    (await queue.takeDue(now, 1))[0]?.id ?? Number.NaN

  test('is empty at first', async () => {
    expect(await queue.takeDue(start, 10)).toEqual([])
    expect(await queue.nextDueAt()).toBeNull()
  })

  test('hands out what is due, the oldest first, each once', async () => {
    await ask('11', start + 2)
    await ask('12', start + 1)
    await ask('13', start + 3)

    expect(await queue.nextDueAt()).toBe(start + 1)
    expect(await takePools(start + 2, 0)).toEqual([])
    expect(await takePools(start + 2, 1)).toEqual(['12'])
    expect(await queue.nextDueAt()).toBe(start + 2)
    expect(await takePools(start + 2)).toEqual(['11'])
    expect(await takePools(start + 2)).toEqual([])
    expect(await queue.nextDueAt()).toBe(start + 3)
  })

  test('hands out a wake-up as it was asked for', async () => {
    await ask('11', start)

    expect(await queue.takeDue(start, 1)).toEqual([
      { id: 1, wakeUp: makeWakeUp('11', start), failures: 0 },
    ])
  })

  test('never hands out two of one pool at the same time', async () => {
    await ask('11', start)
    await ask('11', start + 1)
    await ask('12', start + 2)
    const [first, ...others] = await queue.takeDue(start + 2, 10)

    expect(others.map(({ wakeUp }) => wakeUp.poolId)).toEqual(['12'])
    expect(await queue.nextDueAt()).toBeNull()

    await queue.finish(first?.id ?? Number.NaN)

    expect(await queue.nextDueAt()).toBe(start + 1)
    expect(await queue.takeDue(start + 2, 10)).toMatchObject([
      { wakeUp: makeWakeUp('11', start + 1) },
    ])
  })

  test('what is finished does not come back, unless it is asked for again', async () => {
    await ask('11', start)
    await queue.finish(await takeOne(start))

    expect(await takePools(start)).toEqual([])

    await ask('11', start)

    expect(await takePools(start)).toEqual(['11'])
  })

  test('what is asked for again while it is handled is handled once more', async () => {
    await ask('11', start)
    const id = await takeOne(start)
    await ask('11', start)
    await queue.finish(id)

    expect(await takePools(start)).toEqual(['11'])
  })

  test('a hint that is finished takes along the hints of its pool that came before it was taken', async () => {
    const hint = async (poolId: string, dueAt: Instant): Promise<void> =>
      queue.request({ version: 1, poolId, cause: 'hint', dueAt })
    await hint('11', start)
    await hint('11', start + 1)
    await hint('12', start + 1)
    await ask('11', start + 1)
    await hint('11', start + 2)
    const [first] = await queue.takeDue(start + 2, 1)
    await hint('11', start + 3)
    await queue.finish(first?.id ?? Number.NaN)

    const rest: WakeUp[] = []
    for (let taken = await queue.takeDue(start + 3, 9); taken.length > 0;) {
      rest.push(...taken.map(({ wakeUp }) => wakeUp))
      // Hints that are not finished take nothing along.
      for (const { id } of taken) await queue.bury(id, 'Only to get at the next.')
      taken = await queue.takeDue(start + 3, 9)
    }
    const left = rest.map(({ poolId, cause, dueAt }) => `${poolId} ${cause} ${dueAt - start}`)
    // One of the instant at which it was taken may have come later than that.
    expect(new Set(left)).toEqual(new Set(['11 hint 2', '11 hint 3', '11 timer 1', '12 hint 1']))
  })

  test('a timer that is finished takes no hint along: it may have looked at nothing', async () => {
    await ask('11', start)
    await queue.request({ version: 1, poolId: '11', cause: 'hint', dueAt: start + 1 })
    await queue.finish(await takeOne(start + 5))

    expect(await queue.takeDue(start + 5, 9)).toMatchObject([{ wakeUp: { cause: 'hint' } }])
  })

  test('what is asked for again in the commit that finishes it is handled once more', async () => {
    await ask('11', start)
    const id = await takeOne(start)
    await Promise.all([ask('11', start), queue.finish(id)])

    expect(await takePools(start)).toEqual(['11'])
  })

  test('what failed is due again later, says the same, and counts', async () => {
    await ask('11', start)
    await queue.retryLater(await takeOne(start), start + minuteMs, 'Toloka cannot be reached.')

    expect(await queue.nextDueAt()).toBe(start + minuteMs)
    expect(await takePools(start)).toEqual([])

    await queue.retryLater(await takeOne(start + minuteMs), start + hourMs, 'Still not.')

    expect(await queue.takeDue(start + hourMs, 1)).toEqual([
      { id: 1, wakeUp: makeWakeUp('11', start), failures: 2 },
    ])
  })

  test('what failed for good is kept among the dead letters, with a problem of bounded length', async () => {
    await ask('11', start - hourMs)
    await queue.retryLater(await takeOne(start), start, 'x')
    await queue.bury(await takeOne(start), 'y'.repeat(10_000))

    expect(await queue.nextDueAt()).toBeNull()
    const select = pair.own.prepare('select * from dead_letters')
    const [letter, ...others] = await pair.own.read(() => select.all())
    expect(others).toEqual([])
    expect(letter).toMatchObject({
      pool_id: '11',
      cause: 'timer',
      due_at: start - hourMs,
      requested_at: start,
      buried_at: start,
      failures: 2,
    })
    expect(z.parse(z.object({ problem: z.string() }), letter).problem).toMatch(/^y{237}…$/)
  })

  test('what was out when the process died is due again', async () => {
    await ask('11', start)
    await takeOne(start)
    const nextProcess = createWakeUpQueue(pair.own, clock)

    expect(await nextProcess.takeDue(start, 10)).toHaveLength(1)
  })

  test('another process may ask as well', async () => {
    await ask('11', start, createWakeUpQueue(pair.beside, clock))

    expect(await takePools(start)).toEqual(['11'])
  })

  test('tells who listens of each request, once it is durable', async () => {
    const heard: [Instant, Instant | null][] = []
    const stored: Promise<void>[] = []
    const stop = queue.onRequest((dueAt) => {
      stored.push(queue.nextDueAt().then((next) => void heard.push([dueAt, next])))
    })
    await ask('11', start + 5)
    await ask('12', start + 2)
    stop()
    await ask('13', start + 1)
    await Promise.all(stored)

    expect(heard).toEqual([
      [start + 5, start + 5],
      [start + 2, start + 2],
    ])
  })

  test('a wake-up that cannot be given back is due again', async () => {
    await ask('11', start)
    const id = await takeOne(start)
    const protect = pair.beside.prepare('pragma query_only = on')
    protect.all()
    const blocked = createWakeUpQueue(pair.beside, clock)

    await expect(blocked.finish(id)).rejects.toThrow(/cannot be written/)
    expect(await blocked.takeDue(start, 1)).toMatchObject([{ id }])
  })
})

function makeWakeUp(poolId: string, dueAt: Instant): WakeUp {
  return { version: 1, poolId, cause: 'timer', dueAt }
}
