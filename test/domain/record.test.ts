import { describe, expect, test } from '@jest/globals'
import { dayMs } from '../../functions/domain/instant.ts'
import { applyDecision } from '../../functions/domain/apply-decision.ts'
import { newRecord, recordSchema } from '../../functions/domain/record.ts'
import { facts, holdUntil } from '../support/pools.ts'
import { archiveOperation, planned, recordAfter } from '../support/records.ts'

const { now } = facts

test('A pool that was only named has a record that is due at once and was never written', () => {
  expect(newRecord('17', now)).toEqual({
    schema: recordSchema,
    poolId: '17',
    version: 0,
    state: 'waiting',
    reason: 'discovered',
    detail: null,
    warning: false,
    dueAt: now,
    looks: 0,
    fingerprint: null,
    pool: null,
    hold: null,
    override: null,
    attempt: null,
    attempts: 0,
    operations: [],
    following: null,
    failures: 0,
    cooldown: null,
    refusedSince: null,
    lastError: null,
    outbox: [],
    announced: null,
    history: [],
    createdAt: now,
    updatedAt: now,
  })
})

describe('A decision', () => {
  test('is one version later, in the state of its transition', () => {
    const next = applyDecision(newRecord('17', now), planned, now + 5)
    expect(next).toMatchObject({
      version: 1,
      state: 'waiting',
      reason: 'appeal-window',
      dueAt: facts.appealWindowEndsAt,
      createdAt: now,
      updatedAt: now + 5,
    })
    expect(applyDecision(next, planned, now + 6).version).toBe(2)
  })

  test('leaves the record that it was made on as it was', () => {
    const record = recordAfter(planned)
    const copy = structuredClone(record)
    applyDecision(record, { transition: 'hold', reason: 'keep-marker', dueAt: now }, now)
    expect(record).toEqual(copy)
  })

  test('keeps what it does not name', () => {
    const memory = {
      hold: holdUntil('for-ever'),
      operations: [archiveOperation()],
      following: 'operation-1',
      failures: 2,
      refusedSince: now,
      attempt: { number: 1, startedAt: now, leaseUntil: now + dayMs },
      cooldown: { until: now + dayMs, reason: 'operation-failed' },
      lastError: {
        at: now,
        call: 'POST /pools/17/archive',
        status: 409,
        code: 'CONFLICT',
        message: 'Not now',
        requestId: null,
      },
    } as const
    const record = recordAfter({ ...planned, ...memory }, planned)
    expect(record).toMatchObject(memory)
  })

  test('forgets what belonged to the decision before it', () => {
    const parked = { warning: true, looks: 4, fingerprint: '[1]', detail: 'Since Monday.' }
    const record = recordAfter({ ...planned, ...parked })
    expect(record).toMatchObject(parked)
    expect(applyDecision(record, planned, now)).toMatchObject({
      warning: false,
      looks: 0,
      fingerprint: null,
      detail: null,
    })
  })

  test('stores its outcome, not itself', () => {
    const record = recordAfter({ ...planned, lookAgain: true })
    expect(Object.keys(record).toSorted()).toEqual(Object.keys(newRecord('17', now)).toSorted())
  })

  test('that the table forbids is refused', () => {
    const archived = recordAfter({ transition: 'confirm', reason: 'already-archived', dueAt: null })
    expect(() => applyDecision(archived, planned, now)).toThrow(
      'A record that is archived cannot plan.',
    )
    const discover = { transition: 'discover', reason: 'discovered', dueAt: now } as const
    expect(recordAfter(discover).state).toBe('waiting')
    expect(() => recordAfter(discover, discover)).toThrow(
      'A record that is waiting cannot discover.',
    )
  })

  test('counts attempts, also after their outcome is known', () => {
    const attempt = (number: number) => ({ number, startedAt: now, leaseUntil: now + dayMs })
    const submitted = { transition: 'submit', reason: 'eligible', dueAt: now } as const
    const record = recordAfter(
      { ...submitted, attempt: attempt(1) },
      { ...planned, attempt: null },
      { ...submitted, attempt: attempt(2) },
      { ...planned, attempt: null },
    )
    expect(record).toMatchObject({ attempt: null, attempts: 2 })
  })

  test('never loses an operation', () => {
    const operations = Array.from({ length: 400 }, (_, index) =>
      archiveOperation({ id: `operation-${index}` }),
    )
    const many = Array.from({ length: 40 }, () => planned)
    expect(recordAfter({ ...planned, operations }, ...many).operations).toEqual(operations)
  })
})

describe('The history', () => {
  const held = { transition: 'hold', reason: 'keep-marker', dueAt: now + 7 * dayMs } as const

  test('gets an entry for each decision', () => {
    expect(recordAfter(planned, held).history).toEqual([
      {
        at: now,
        state: 'waiting',
        reason: 'appeal-window',
        detail: null,
        dueAt: facts.appealWindowEndsAt,
        times: 1,
        lastAt: now,
      },
      {
        at: now + dayMs,
        state: 'held',
        reason: 'keep-marker',
        detail: null,
        dueAt: now + 7 * dayMs,
        times: 1,
        lastAt: now + dayMs,
      },
    ])
  })

  test('counts what repeats, with the newest plan and the first and last time', () => {
    const later = { ...planned, dueAt: facts.appealWindowEndsAt + dayMs }
    expect(recordAfter(planned, planned, later).history).toEqual([
      {
        at: now,
        state: 'waiting',
        reason: 'appeal-window',
        detail: null,
        dueAt: facts.appealWindowEndsAt + dayMs,
        times: 3,
        lastAt: now + 2 * dayMs,
      },
    ])
  })

  test('tells apart another state, another reason, another detail, and a return', () => {
    const grace = { ...planned, reason: 'grace-period' } as const
    const detailed = { ...planned, detail: 'Rejected again.' }
    const asked = { transition: 'submit', reason: 'appeal-window', dueAt: now } as const
    const { history } = recordAfter(planned, grace, planned, detailed, asked)
    expect(history.map(({ times }) => times)).toEqual([1, 1, 1, 1, 1])
  })

  test('keeps the newest thirty', () => {
    const turns = Array.from({ length: 35 }, (_, index) => ({ ...planned, detail: `${index}` }))
    const { history } = recordAfter(...turns)
    expect(history.map(({ detail }) => detail)).toEqual(turns.slice(5).map(({ detail }) => detail))
  })

  test('keeps fewer when they say much, and always the newest', () => {
    const wordy = Array.from({ length: 9 }, (_, index) => ({
      ...planned,
      detail: `${index}${'д'.repeat(110)}`,
    }))
    const { history } = recordAfter(...wordy)
    expect(history.map(({ detail }) => detail?.at(0))).toEqual(['5', '6', '7', '8'])
  })

  test.each([
    ['keeps all that say a thousand bytes together', 200, 25],
    ['drops the first if they say one byte more', 201, 24],
  ])('%s', (_, firstBytes, kept) => {
    const saying = (bytes: number, index: number) => ({
      ...planned,
      detail: `${index}`.padEnd(bytes, 'x'),
    })
    const silent = Array.from({ length: 10 }, () => [planned, held]).flat()
    const wordy = [1, 2, 3, 4].map((index) => saying(200, index))
    expect(recordAfter(saying(firstBytes, 0), ...silent, ...wordy).history).toHaveLength(kept)
  })

  test('counts on in the newest entry when it is full', () => {
    const turns = Array.from({ length: 31 }, (_, index) => ({ ...planned, detail: `${index}` }))
    const { history } = recordAfter(...turns, { ...planned, detail: '30' })
    expect(history).toHaveLength(30)
    expect(history.at(-1)).toMatchObject({ detail: '30', times: 2 })
  })
})
