import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { WrongAccountError } from '../../functions/application/access.ts'
import type { SweepResult } from '../../functions/application/sweep.ts'
import { run } from '../../functions/local/run.ts'
import type { LocalArchiver } from '../../functions/runtime/local.ts'
import { addFinishedPool, beginsAt, openBox, type Box } from './box.ts'

const hourMs = 3_600_000
const swept: SweepResult = {
  outcome: 'finished',
  pages: 1,
  listed: 0,
  discovered: 0,
  changed: 0,
  woken: 0,
  repaired: 0,
  oldestOverdueSeconds: 0,
}

describe('Running', () => {
  let box: Box
  let stop: AbortController

  beforeEach(async () => {
    box = await openBox()
    stop = new AbortController()
  })
  afterEach(async () => {
    await box.close()
  })

  const begin = (change: Partial<LocalArchiver> = {}, intervalMs = hourMs): Promise<void> =>
    run({ ...box.archiver, ...change }, intervalMs, stop.signal)

  test('sweeps at the start, archives what it finds, and stops when it is told', async () => {
    const poolId = addFinishedPool(box.model)
    const running = begin()
    await box.journal.untilWritten('POOL_CONFIRM')
    stop.abort()
    await running

    expect(box.model.statusOf(poolId)).toBe('ARCHIVED')
    expect(box.model.violations).toEqual([])
    expect(box.journal.codes().filter((code) => code === 'SWEEP_FINISHED')).toHaveLength(1)
  })

  test('sweeps again after each interval', async () => {
    const sweptAt: number[] = []
    const clock = { now: () => Date.now() }
    const sweep = async (): Promise<SweepResult> => {
      sweptAt.push(clock.now())
      if (sweptAt.length === 3) stop.abort()
      return swept
    }
    await begin({ clock, sweep }, 30)

    expect(sweptAt).toHaveLength(3)
    // A timer of 30 ms may end within the 30th by this clock, which knows no parts of them.
    expect((sweptAt[2] ?? 0) - (sweptAt[0] ?? 0)).toBeGreaterThanOrEqual(58)
  })

  test('takes up at once what is requested while it naps', async () => {
    const running = begin()
    await box.journal.untilWritten('SWEEP_FINISHED')
    const poolId = addFinishedPool(box.model)
    const before = Date.now()
    await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: beginsAt })
    await box.journal.untilWritten('POOL_CONFIRM')
    expect(Date.now() - before).toBeLessThan(4_500) // A nap lasts five seconds.
    stop.abort()
    await running
  })

  test('wakes up in time for what is due soon', async () => {
    const clock = { now: () => Date.now() }
    const handled = new Promise<number>((resolve) => {
      const handleWakeUp = async (): Promise<void> => {
        resolve(clock.now())
        stop.abort()
      }
      void begin({ clock, handleWakeUp, sweep: async () => swept })
    })
    const dueAt = clock.now() + 300
    await box.archiver.queue.request({ version: 1, poolId: '17', cause: 'timer', dueAt })
    const lateMs = (await handled) - dueAt

    expect(lateMs).toBeGreaterThanOrEqual(0)
    expect(lateMs).toBeLessThan(2_000)
  })

  test('ends if the token is of another account, and has not asked for anything else', async () => {
    addFinishedPool(box.model)
    const confirmOwner = async (): Promise<void> => {
      throw new WrongAccountError('requester a', 'requester b')
    }
    await expect(begin({ confirmOwner })).rejects.toThrow(WrongAccountError)
    expect(box.model.requests.total).toBe(0)
  })

  test('ends if that comes out later', async () => {
    const sweep = async (): Promise<SweepResult> => {
      throw new WrongAccountError('requester a', 'requester b')
    }
    await expect(begin({ sweep })).rejects.toThrow('The records belong to requester a')
  })

  test('begins when Toloka can be reached, and says meanwhile that it cannot', async () => {
    const poolId = addFinishedPool(box.model)
    // A request is tried four times.
    box.fake.faults.next({ path: '/requester', times: 4 }, { kind: 'cut' })
    const running = begin()
    await box.journal.untilWritten('TOLOKA_TROUBLE')
    expect(box.journal.codes()).toEqual(['TOLOKA_TROUBLE'])
    expect(box.journal.entries[0]?.fields).toMatchObject({
      problem: expect.stringContaining('GET /requester: no answer: The connection failed'),
    })
    await box.journal.untilWritten('POOL_CONFIRM')
    stop.abort()
    await running
    expect(box.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('stops at once while it waits for Toloka', async () => {
    box.fake.faults.next({ path: '/requester', times: Infinity }, { kind: 'cut' })
    const running = begin()
    await box.journal.untilWritten('TOLOKA_TROUBLE')
    stop.abort()
    await running
    expect(box.journal.codes()).not.toContain('SWEEP_STARTED')
  })

  test('outlives trouble with the data file', async () => {
    let troubles = 0
    const { queue } = box.archiver
    const takeDue: typeof queue.takeDue = async (now, limit) => {
      troubles += 1
      if (troubles === 1) throw new Error('The disk is full.')
      return queue.takeDue(now, limit)
    }
    const sweep = async (): Promise<SweepResult> => {
      throw new Error('The disk is still full.')
    }
    const running = begin({ queue: { ...queue, takeDue }, sweep })
    await box.journal.untilWritten('WORK_FAILED', 2)
    const poolId = addFinishedPool(box.model)
    await queue.request({ version: 1, poolId, cause: 'hint', dueAt: beginsAt })
    await box.journal.untilWritten('POOL_CONFIRM')
    stop.abort()
    await running

    const problems = box.journal.entries.filter(({ code }) => code === 'WORK_FAILED')
    expect(new Set(problems.map(({ fields }) => fields['problem']))).toEqual(
      new Set(['Error: The disk is full.', 'Error: The disk is still full.']),
    )
  })
})
