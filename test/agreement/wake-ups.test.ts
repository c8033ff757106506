import { expect, test } from '@jest/globals'
import { assert, asyncModelRun, asyncProperty, commands, type AsyncCommand } from 'fast-check'
import { createWakeUpQueue } from '../../functions/adapters/local/wake-up-queue.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import type { Instant } from '../../functions/domain/instant.ts'
import { openPair } from '../adapters/local/open-pair.ts'
import { start } from '../contract/records.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { patienceMs, sequences } from './extent.ts'
import {
  describeCall,
  someWakeUpCall,
  type WakeUpCall,
  type WakeUpGround,
} from './wake-up-calls.ts'
import { WakeUpPlayer } from './wake-up-player.ts'

function isAnsweredBy({ poolId, cause }: WakeUp, lookedAt: Instant, other: WakeUp): boolean {
  const areHints = cause === 'hint' && other.cause === 'hint'
  return areHints && other.poolId === poolId && other.dueAt < lookedAt
}

function openMemory(): WakeUpGround {
  const wakeUps = new MemoryWakeUps()
  return {
    processes: [wakeUps, wakeUps],
    workOffNext: async (now, handle) => {
      const wakeUp = wakeUps.take(now)
      if (wakeUp === null) return false
      // One look answers all hints that came before it.
      const answered = wakeUps.waiting.filter((other) => isAnsweredBy(wakeUp, now, other.wakeUp))
      const retryAt = await handle(wakeUp)
      if (retryAt === null) wakeUps.remove(answered)
      else wakeUps.putBack(wakeUp, retryAt)
      return true
    },
    nextAt: async () => wakeUps.nextAt,
  }
}

function openSqlite(): WakeUpGround & { readonly close: () => Promise<void> } {
  const { own, beside, close } = openPair()
  const clock = { now: () => start }
  const queue = createWakeUpQueue(own, clock)
  return {
    processes: [queue, createWakeUpQueue(beside, clock)],
    workOffNext: async (now, handle) => {
      const [first] = await queue.takeDue(now, 1)
      if (first === undefined) return false
      const retryAt = await handle(first.wakeUp)
      await (retryAt === null
        ? queue.finish(first.id)
        : queue.retryLater(first.id, retryAt, 'Toloka cannot be reached.'))
      return true
    },
    nextAt: queue.nextDueAt,
    close,
  }
}

function toCommand(call: WakeUpCall): AsyncCommand<WakeUpPlayer, WakeUpPlayer> {
  return {
    toString: () => describeCall(call),
    check: () => true,
    run: async (twin, sqlite) => {
      const told = await twin.play(call)
      expect(await sqlite.play(call)).toEqual(told)
    },
  }
}

const someSequence = commands([someWakeUpCall.map(toCommand)], { maxCommands: 60, size: 'max' })

test(
  'SQLite hands out the wake-ups that are asked for as the twin in memory does',
  async () => {
    expect.hasAssertions()
    await assert(
      asyncProperty(someSequence, async (sequence) => {
        const ground = openSqlite()
        const model = new WakeUpPlayer(openMemory())
        try {
          await asyncModelRun(() => ({ model, real: new WakeUpPlayer(ground) }), sequence)
        } finally {
          await ground.close()
        }
      }),
      sequences(100),
    )
  },
  patienceMs,
)
