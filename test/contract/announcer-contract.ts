import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Announcer } from '../../functions/application/ports.ts'
import { dayMs, toIso } from '../../functions/domain/instant.ts'
import type { Announcement } from '../../functions/domain/record.ts'
import { start } from './records.ts'

export interface AnnouncerFixture {
  readonly announcer: Announcer
  /** What the outside world got, field by field, in the order in which it came. */
  readonly told: () => Promise<readonly Readonly<Record<string, unknown>>[]>
  readonly close: () => Promise<void>
}

const planned: Announcement = {
  id: '17:3',
  kind: 'PoolArchivalPlanned',
  poolId: '17',
  reason: 'appeal-window',
  detail: null,
  dueAt: start + 9 * dayMs,
  at: start,
}

const all: readonly Announcement[] = [
  planned,
  { ...planned, id: '17:4', kind: 'PoolHeld', reason: 'keep-marker' },
  {
    ...planned,
    id: '17:5',
    kind: 'PoolNeedsAttention',
    reason: 'operation-stuck',
    detail: 'A “day”.',
  },
  { ...planned, id: '17:6', kind: 'PoolArchived', reason: 'already-archived', dueAt: null },
]

/** What every way to tell the outside world must do. */
export function describeAnnouncer(name: string, open: () => Promise<AnnouncerFixture>): void {
  describe(`${name} as a way to announce`, () => {
    let fixture: AnnouncerFixture

    beforeEach(async () => {
      fixture = await open()
    })
    afterEach(async () => fixture.close())

    test('tells what happened to which pool, why, and when it is looked at again', async () => {
      for (const announcement of all) await fixture.announcer.announce(announcement)

      expect(await fixture.told()).toEqual(
        all.map(({ id, kind, poolId, reason, dueAt }) =>
          expect.objectContaining({
            id,
            kind,
            poolId,
            reason,
            dueAt: dueAt === null ? null : toIso(dueAt),
          }),
        ),
      )
    })

    test('tells the same again under the same id, if asked after a crash', async () => {
      await fixture.announcer.announce(planned)
      await fixture.announcer.announce(planned)
      const [first, second] = await fixture.told()

      expect(second).toEqual(first)
    })
  })
}
