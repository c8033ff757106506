import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { WakeUp, WakeUps } from '../../functions/application/ports.ts'
import { dayMs, hourMs, type Instant } from '../../functions/domain/instant.ts'
import { start as usualStart } from './records.ts'

export interface WakeUpsFixture {
  readonly wakeUps: WakeUps
  /** The same wake-ups through another connection, as another process has them. */
  readonly rival: WakeUps
  /** All that were requested and not worked off, in any order. */
  readonly readPending: () => Promise<readonly WakeUp[]>
  readonly close: () => Promise<void>
}

/**
 * What every way to ask for wake-ups must do. `open` gives one that nobody has asked yet.
 *
 * @param start the time by the clock of the fixture
 */
export function describeWakeUps(
  name: string,
  open: () => Promise<WakeUpsFixture>,
  start: Instant = usualStart,
): void {
  describe(`${name} as a place to ask for wake-ups`, () => {
    let fixture: WakeUpsFixture

    beforeEach(async () => {
      fixture = await open()
    })
    afterEach(async () => fixture.close())

    const pending = async (): Promise<readonly WakeUp[]> =>
      [...(await fixture.readPending())].toSorted(
        (one, two) =>
          one.poolId.localeCompare(two.poolId) ||
          one.dueAt - two.dueAt ||
          one.cause.localeCompare(two.cause),
      )

    test('keeps what was asked for, soon or late', async () => {
      const asked: readonly WakeUp[] = [
        { version: 1, poolId: '11', cause: 'hint', dueAt: start },
        { version: 1, poolId: '12', cause: 'timer', dueAt: start + hourMs },
        { version: 1, poolId: '13', cause: 'timer', dueAt: start + 9 * dayMs },
      ]
      for (const wakeUp of asked) await fixture.wakeUps.request(wakeUp)

      expect(await pending()).toEqual(asked)
    })

    test('to ask twice for the same is to ask once, whoever asks', async () => {
      const wakeUp: WakeUp = { version: 1, poolId: '11', cause: 'timer', dueAt: start + hourMs }
      await fixture.wakeUps.request(wakeUp)
      await fixture.wakeUps.request({ ...wakeUp })
      await Promise.all([fixture.wakeUps.request(wakeUp), fixture.rival.request(wakeUp)])

      expect(await pending()).toEqual([wakeUp])
    })

    test('another pool or another time is another wake-up', async () => {
      const wakeUp: WakeUp = { version: 1, poolId: '11', cause: 'timer', dueAt: start + hourMs }
      const later: WakeUp = { ...wakeUp, dueAt: start + 2 * hourMs }
      const other: WakeUp = { ...wakeUp, poolId: '12' }
      for (const each of [wakeUp, later, other]) await fixture.wakeUps.request(each)

      expect(await pending()).toEqual([wakeUp, later, other])
    })
  })
}
