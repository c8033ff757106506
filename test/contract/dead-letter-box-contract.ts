import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parseWakeUp } from '../../functions/application/parse-wake-up.ts'
import type { DeadLetter, DeadLetterBox } from '../../functions/application/operator-ports.ts'
import { start } from './records.ts'

export interface DeadLetterBoxFixture {
  readonly box: DeadLetterBox
  /** The same letters through another connection, a while later. */
  readonly rival: DeadLetterBox
  /** The wake-up of a pool fails for good, at `start`. */
  readonly bury: (poolId: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** What every box of dead letters must do. `open` gives an empty one. */
export function describeDeadLetterBox(
  name: string,
  open: () => Promise<DeadLetterBoxFixture>,
): void {
  describe(`${name} as a box of dead letters`, () => {
    let fixture: DeadLetterBoxFixture

    beforeEach(async () => {
      fixture = await open()
    })
    afterEach(async () => fixture.close())

    const poolsOf = (letters: readonly DeadLetter[]): unknown[] =>
      letters.map(({ message }) => parseWakeUp(message)?.poolId)

    test('lists what was buried', async () => {
      for (const poolId of ['11', '12', '13']) await fixture.bury(poolId)
      const letters = await fixture.box.list(99)
      expect(poolsOf(letters)).toEqual(['11', '12', '13'])
      expect(letters[0]?.writtenAt).toBe(start)
    })

    test('lists no more than it is asked for', async () => {
      const poolIds = Array.from({ length: 25 }, (_, index) => String(index + 1))
      for (const poolId of poolIds) await fixture.bury(poolId)
      expect(poolsOf(await fixture.box.list(12))).toEqual(poolIds.slice(0, 12))
    })

    test('counts them, and hides none by it', async () => {
      for (const poolId of ['11', '12']) await fixture.bury(poolId)
      expect([await fixture.box.count(), await fixture.box.count()]).toEqual([2, 2])
      expect(await fixture.box.list(9)).toHaveLength(2)
    })

    test('is empty at first', async () => {
      expect(await fixture.box.count()).toBe(0)
      expect(await fixture.box.list(99)).toEqual([])
    })

    test('loses what is removed, and nothing else', async () => {
      for (const poolId of ['11', '12', '13']) await fixture.bury(poolId)
      const [, second] = await fixture.box.list(99)
      if (!second) throw new Error('There is no second letter.')
      await fixture.box.remove(second)
      expect(poolsOf(await fixture.rival.list(99))).toEqual(['11', '13'])
    })

    test('removes twice without a complaint, and nothing that came later', async () => {
      await fixture.bury('11')
      const [letter] = await fixture.box.list(99)
      if (!letter) throw new Error('There is no letter.')
      await fixture.rival.remove(letter)
      await fixture.bury('12')
      await fixture.box.remove(letter)
      expect(poolsOf(await fixture.rival.list(99))).toEqual(['12'])
    })
  })
}
