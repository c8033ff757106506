import { expect, test } from '@jest/globals'
import { assert, asyncModelRun, asyncProperty, commands, type AsyncCommand } from 'fast-check'
import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { patienceMs, sequences } from './extent.ts'
import { someStoreCall } from './some-store-calls.ts'
import type { StoreCall, Stores } from './store-calls.ts'
import { takeTurns, type Turns } from './take-turns.ts'

/** An empty place to store things in, as two processes see it. */
export interface StoreGround {
  readonly processes: readonly [Stores, Stores]
  readonly close: () => Promise<void>
}

/**
 * The twins in memory are the measure, as the simulation rests on them. A failure shows the
 * shortest sequence of calls that was found of which the last is answered otherwise.
 *
 * @param count how many sequences are played
 */
export function testThatStoresAgree(
  name: string,
  count: number,
  open: () => Promise<StoreGround>,
): void {
  test(
    `${name} answers whatever is asked as the twins in memory do`,
    async () => {
      expect.hasAssertions()
      await assert(
        asyncProperty(someSequence, async (sequence) => {
          const { processes, close } = await open()
          const twins = { records: new MemoryArchivalStore(), account: new MemoryAccountStore() }
          try {
            await asyncModelRun(() => ({ model: twins, real: takeTurns(processes) }), sequence)
          } finally {
            await close()
          }
        }),
        sequences(count),
      )
    },
    patienceMs,
  )
}

const someSequence = commands([someStoreCall.map(toCommand)], { maxCommands: 40, size: 'max' })

function toCommand({ text, prepare }: StoreCall): AsyncCommand<Stores, Turns<Stores>> {
  return {
    toString: () => text,
    check: () => true,
    run: async (twins, next) => {
      const play = await prepare(twins)
      const told = await play(twins)
      expect(await play(next())).toEqual(told)
    },
  }
}
