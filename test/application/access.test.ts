import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { confirmOwner, WrongAccountError } from '../../functions/application/access.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import { hourMs, minuteMs, toIso } from '../../functions/domain/instant.ts'
import type { JournalCode } from '../../functions/application/journal.ts'
import {
  closedPool,
  holdPool,
  pass,
  poolWithOperation,
  requestsOf,
  untilDue,
} from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

const probes = (): number => requestsOf(bench, 'GET /requester')

function written(wanted: JournalCode): Workbench['journal'] {
  return bench.journal.filter(({ code }) => code === wanted)
}

/** Another token is right from now on; the returned function undoes that. */
function revokeToken(): () => void {
  const { token } = bench.model
  bench.model.changeToken('FakeTolokaApiKey-000002.another.token')
  return () => bench.model.changeToken(token)
}

describe('At the first contact', () => {
  test('the records are bound to the account, once', async () => {
    const { account } = bench.dependencies
    const owner = { origin: bench.fake.url, requesterId: bench.model.requesterId }
    await bench.hint(closedPool(bench))
    await bench.hint(closedPool(bench))
    expect(probes()).toBe(1)
    await confirmOwner(bench.dependencies)

    expect((await account.read()).owner).toEqual(owner)
    expect(written('ACCOUNT_BOUND')).toEqual([{ code: 'ACCOUNT_BOUND', fields: owner }])
  })

  test('nothing is bound, and no pool is read, as long as Toloka does not say whose it is', async () => {
    const poolId = closedPool(bench)
    bench.fake.faults.next({ path: '/requester', times: 4 }, { kind: 'cut' })
    await bench.hint(poolId)

    expect((await bench.dependencies.account.read()).owner).toBeNull()
    expect(await bench.record(poolId)).toMatchObject({ reason: 'toloka-unreachable' })
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(0)
    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })

  test('a start that Toloka does not answer tells why', async () => {
    bench.fake.faults.next({ times: 4 }, { kind: 'cut' })
    await expect(confirmOwner(bench.dependencies)).rejects.toThrow(TolokaError)
  })
})

describe('A token that is refused', () => {
  test('is one alert and one probe an hour for the whole account', async () => {
    const pools = Array.from({ length: 5 }, () => closedPool(bench))
    await bench.hint(closedPool(bench))
    const restore = revokeToken()
    const { total } = bench.model.requests
    const deniedAt = bench.clock.at
    for (const poolId of pools) await bench.hint(poolId)
    expect(bench.model.requests.total).toBe(total + 1)

    for (const poolId of pools) await bench.hint(poolId)
    await pass(bench, 3 * hourMs - 1)
    expect(bench.model.requests.total).toBe(total + 1 + 2)
    expect(written('ACCESS_DENIED')).toHaveLength(1)
    for (const poolId of pools) {
      expect(await bench.record(poolId)).toMatchObject({
        state: 'waiting',
        reason: 'access-denied',
        dueAt: deniedAt + 3 * hourMs,
      })
    }

    restore()
    await pass(bench, 1)
    for (const poolId of pools) expect((await bench.record(poolId)).state).toBe('archived')
    expect(written('ACCESS_RESTORED')).toMatchObject([{ fields: { deniedSince: toIso(deniedAt) } }])
    expect((await bench.dependencies.account.read()).denied).toBeNull()
  })

  test('before the first contact binds nothing', async () => {
    const restore = revokeToken()
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    expect((await bench.dependencies.account.read()).owner).toBeNull()
    expect(await bench.record(poolId)).toMatchObject({ reason: 'access-denied' })

    restore()
    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })

  test('leaves everything in its place', async () => {
    const waiting = closedPool(bench)
    bench.model.addAssignment(waiting, { status: 'REJECTED' })
    const held = closedPool(bench, { private_comment: '[keep]' })
    const archiving = await poolWithOperation(bench)
    const unknown = closedPool(bench)
    bench.fake.faults.next({ path: `${unknown}/archive` }, { kind: 'effect-then-cut' })
    const pools = [waiting, held, archiving, unknown]
    for (const poolId of pools) await bench.hint(poolId)
    const restore = revokeToken()
    bench.clock.at += 5 * minuteMs
    for (const poolId of pools) await bench.hint(poolId)

    const states = ['waiting', 'held', 'archiving', 'submitting']
    for (const [index, poolId] of pools.entries()) {
      const record = await bench.record(poolId)
      expect(record).toMatchObject({ state: states[index], reason: 'access-denied' })
    }
    restore()
    await pass(bench, hourMs)
    const reasons = ['appeal-window', 'keep-marker', 'operation-running', 'already-archived']
    for (const [index, poolId] of pools.entries()) {
      expect((await bench.record(poolId)).reason).toBe(reasons[index])
    }
  })

  test('is still refused if the probe finds out nothing', async () => {
    const poolId = closedPool(bench)
    const restore = revokeToken()
    await bench.hint(poolId)
    restore()
    bench.fake.faults.next({ path: '/requester', times: 4 }, { kind: 'status', status: 503 })

    expect(await untilDue(bench, poolId)).toMatchObject({ reason: 'toloka-unreachable' })
    expect((await bench.dependencies.account.read()).denied).not.toBeNull()
    await pass(bench, hourMs)
    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('is probed by one of several that are due at once', async () => {
    const pools = [closedPool(bench), closedPool(bench), closedPool(bench)]
    const restore = revokeToken()
    for (const poolId of pools) await bench.hint(poolId)
    const before = probes()
    bench.clock.at += hourMs
    await Promise.all(pools.map((poolId) => bench.hint(poolId)))

    expect(probes()).toBe(before + 1)
    for (const poolId of pools) {
      expect((await bench.record(poolId)).dueAt).toBe(bench.clock.at + hourMs)
    }
    restore()
  })
})

test('A blocked account, refused everything by 403, is the same story', async () => {
  const pools = [closedPool(bench), closedPool(bench)]
  await bench.hint(closedPool(bench))
  bench.model.blockAccount(true)
  for (const poolId of pools) await bench.hint(poolId)
  for (const poolId of pools) {
    expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'access-denied' })
  }
  expect(written('ACCESS_DENIED')).toHaveLength(1)
  await pass(bench, hourMs)
  bench.model.blockAccount(false)
  await pass(bench, hourMs)

  for (const poolId of pools) expect((await bench.record(poolId)).state).toBe('archived')
})

test('A pool that is refused while nobody can say whose token it is stays where it is', async () => {
  await bench.hint(closedPool(bench))
  const poolId = closedPool(bench)
  const refused = { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' } as const
  bench.fake.faults.next({ path: `/pools/${poolId}` }, refused)
  bench.fake.faults.next({ path: '/requester', times: 4 }, { kind: 'status', status: 503 })
  await bench.hint(poolId)

  expect(await bench.record(poolId)).toMatchObject({
    state: 'waiting',
    reason: 'toloka-unreachable',
  })
})

describe('Records of another account', () => {
  async function bindTo(change: { readonly origin?: string; readonly requesterId?: string }) {
    const { account } = bench.dependencies
    const state = await account.read()
    const here = { origin: bench.fake.url, requesterId: bench.model.requesterId }
    await account.write({ ...state, owner: { ...here, ...change }, version: 1 }, 0)
  }

  test('at another origin: nothing is asked and nothing is done', async () => {
    await bindTo({ origin: 'https://toloka.dev' })
    const poolId = closedPool(bench)

    await expect(bench.hint(poolId)).rejects.toThrow(WrongAccountError)
    await expect(bench.hint(poolId)).rejects.toThrow(
      /requester \w+ at https:\/\/toloka\.dev.* points to http:\/\/127/,
    )
    expect(bench.model.requests.total).toBe(0)
    expect(await bench.dependencies.store.get(poolId)).toBeNull()
  })

  test('of another requester: the start is refused', async () => {
    await bindTo({ requesterId: 'somebody-else' })

    await expect(confirmOwner(bench.dependencies)).rejects.toThrow(WrongAccountError)
    await expect(confirmOwner(bench.dependencies)).rejects.toThrow(/somebody-else/)
    expect((await bench.dependencies.account.read()).owner?.requesterId).toBe('somebody-else')
  })

  test('that turn up when one pool is refused: nothing more is done', async () => {
    const poolId = closedPool(bench)
    await bindTo({ requesterId: 'somebody-else' })
    bench.fake.faults.next(
      { path: `/pools/${poolId}` },
      { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' },
    )

    await expect(bench.hint(poolId)).rejects.toThrow(WrongAccountError)
    expect(await bench.dependencies.store.get(poolId)).toBeNull()
  })

  test('of another requester, whose token replaced one that was refused: nothing is done', async () => {
    const poolId = closedPool(bench)
    await holdPool(bench, await poolWithOperation(bench))
    const restore = revokeToken()
    await bench.hint(poolId)
    const before = await bench.record(poolId)
    restore()
    const edit = (body: unknown): unknown => ({ ...Object(body), id: 'somebody-else' })
    bench.fake.faults.next({ path: '/requester' }, { kind: 'edited', edit })
    bench.clock.at += hourMs

    await expect(bench.hint(poolId)).rejects.toThrow(WrongAccountError)
    expect(await bench.record(poolId)).toEqual(before)
    expect((await bench.dependencies.account.read()).denied).not.toBeNull()
  })
})
