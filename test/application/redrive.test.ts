import { beforeEach, describe, expect, test } from '@jest/globals'
import type { DeadLetter, DeadLetterBox } from '../../functions/application/operator-ports.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { readDeadLetters, redrive } from '../../functions/application/redrive.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'

const now = Date.UTC(2026, 0, 5)
const clock = { now: () => now }

function letter(id: string, message: unknown): DeadLetter {
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  return { id, message: text, problem: null, failures: 3, writtenAt: now }
}
const timer = (poolId: string): WakeUp => ({ version: 1, poolId, cause: 'timer', dueAt: now - 1e9 })

let letters: DeadLetter[]
let wakeUps: MemoryWakeUps
const box: DeadLetterBox = {
  list: async (limit) => letters.slice(0, limit),
  count: async () => letters.length,
  remove: async ({ id }) => {
    letters = letters.filter((other) => other.id !== id)
  },
}
const ids = (): string[] => letters.map(({ id }) => id)

beforeEach(() => {
  wakeUps = new MemoryWakeUps()
  letters = [letter('a', timer('17')), letter('b', { version: 1, sweep: true }), letter('c', '{')]
})

describe('Dead letters', () => {
  test('are read with the pool that they are about, if they are about one', async () => {
    const read = await readDeadLetters(box, 9)
    expect(read.map(({ poolId }) => poolId)).toEqual(['17', null, null])
    expect(await readDeadLetters(box, 1)).toHaveLength(1)
  })

  test('become hints of now, and what is no wake-up stays', async () => {
    const read = await readDeadLetters(box, 9)
    const done = await redrive({ wakeUps, clock }, box, read, { dropUnreadable: false })
    expect(done).toEqual({ redriven: 1, dropped: 0, kept: 2 })
    expect(wakeUps.waiting.map(({ wakeUp }) => wakeUp)).toEqual([
      { version: 1, poolId: '17', cause: 'hint', dueAt: now },
    ])
    expect(ids()).toEqual(['b', 'c'])
  })

  test('that are no wake-ups can be dropped', async () => {
    const read = await readDeadLetters(box, 9)
    const done = await redrive({ wakeUps, clock }, box, read, { dropUnreadable: true })
    expect(done).toEqual({ redriven: 1, dropped: 2, kept: 0 })
    expect(ids()).toEqual([])
  })

  test('stay where they are if the queue takes nothing', async () => {
    const broken = { request: () => Promise.reject(new Error('disk full')) }
    const read = await readDeadLetters(box, 9)
    const options = { dropUnreadable: true }
    await expect(redrive({ wakeUps: broken, clock }, box, read, options)).rejects.toThrow('full')
    expect(ids()).toEqual(['a', 'b', 'c'])
  })
})
