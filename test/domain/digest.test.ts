import { describe, expect, test } from '@jest/globals'
import {
  composeDigest,
  type ArchivedPool,
  type Digest,
  type Listed,
  type ListedPool,
} from '../../functions/domain/digest.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'

const now = Date.UTC(2026, 0, 6, 0, 10)

function listed<Item>(...first: readonly Item[]): Listed<Item> {
  return { count: first.length, isAtLeast: false, first }
}

function pool(poolId: string, change: Partial<ListedPool> = {}): ListedPool {
  return { poolId, name: null, reason: 'appeal-window', dueAt: null, ...change }
}

function archived(poolId: string, name: string, byUs: boolean): ArchivedPool {
  return { ...pool(poolId, { name, reason: 'already-archived' }), byUs }
}

const nothing: Digest = {
  since: now - dayMs,
  standstill: { observing: false, pausedBy: null, deniedSince: null, deferred: null },
  archived: listed(),
  planned: listed(),
  next: listed(),
  observed: listed(),
  attention: listed(),
  held: listed(),
}

describe('A digest', () => {
  test('tells of a day', () => {
    const digest: Digest = {
      ...nothing,
      archived: listed(archived('11', 'Street signs', true), archived('12', 'Cats', false)),
      planned: listed(pool('13', { name: 'Dogs', dueAt: now + 9 * dayMs })),
      next: listed(pool('14', { name: 'Birds', dueAt: now + hourMs, reason: 'grace-period' })),
      attention: listed(pool('15', { name: 'Fish', reason: 'not-found' })),
      held: {
        count: 132,
        isAtLeast: false,
        first: [pool('16', { reason: 'keep-marker' }), pool('17', { reason: 'training' })],
      },
    }

    expect(composeDigest(digest)).toEqual({
      subject: '2 archived, 1 newly planned, 1 in the next 24 hours, 1 needs attention',
      text: `Archived since 2026-01-05 00:10 UTC: 2
- 11 Street signs
- 12 Cats (not by this archiver)

Newly planned: 1
- 13 Dogs, 2026-01-15 00:10 UTC (appeal-window)

Will be archived in the next 24 hours, if nothing comes between: 1
- 14 Birds, 2026-01-06 01:10 UTC (grace-period)

Needs attention: 1
- 15 Fish (not-found): Toloka does not know this pool: is it of another account or environment?

Held: 132
- 16 (keep-marker): The pool is marked to be kept.
- 17 (training): The pool is a training.
- and 130 more
`,
    })
  })

  test('of an archiver that only watches tells what it would do', () => {
    const digest: Digest = {
      ...nothing,
      standstill: { ...nothing.standstill, observing: true },
      observed: listed(pool('18', { name: 'Trees', reason: 'observe-mode' })),
      next: listed(pool('19', { name: 'Stones', dueAt: now + hourMs })),
    }

    expect(composeDigest(digest)).toEqual({
      subject: '1 would be archived now, 1 in the next 24 hours',
      text: `The archiver only watches (ARCHIVE_MODE=observe): nothing is archived.

Would be archived now: 1
- 18 Trees

Would be archived in the next 24 hours, if nothing comes between: 1
- 19 Stones, 2026-01-06 01:10 UTC (appeal-window)
`,
    })
  })

  test('says why nothing goes on', () => {
    const standstill = { observing: false, pausedBy: 'ada', deniedSince: now - hourMs, deferred: 7 }

    expect(composeDigest({ ...nothing, standstill })).toEqual({
      subject: 'Toloka does not accept the token',
      text: `Archiving is paused by ada.
Toloka has not accepted the token since 2026-01-05 23:10 UTC: nothing is archived.
The limit of archive requests for today is reached; put off so far: 7.
`,
    })
  })

  test('is not made if there is nothing to tell: what is held was told, or is meant so', () => {
    const held = listed(pool('16', { reason: 'keep-marker' }))
    const standstill = { ...nothing.standstill, observing: true, pausedBy: 'ada' }

    expect(composeDigest({ ...nothing, held, standstill })).toBeNull()
  })

  test('stays short, whatever there is to tell', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      pool(`${index}`, { name: '🙈'.repeat(99) }),
    )
    const all: Listed<ListedPool> = { count: 2_000, isAtLeast: true, first: many }
    const digest = { ...nothing, planned: all, next: all, observed: all, attention: all, held: all }
    const { subject = '', text = '' } = composeDigest(digest) ?? {}

    expect(subject).toContain('2000 or more newly planned')
    expect(text.split('\n- ')).toHaveLength(1 + 5 * 21)
    expect(text).toContain('- and 1980 more, or even more\n')
    expect(text.length).toBeLessThan(16_000)
  })

  test('is not steered by the names of pools', () => {
    const name = 'One\n- 99 Forged\u2028\u202e\u001b[2J'
    const { text } = composeDigest({ ...nothing, planned: listed(pool('11', { name })) }) ?? {}

    expect(text).toBe('Newly planned: 1\n- 11 One - 99 Forged [2J (appeal-window)\n')
  })
})
