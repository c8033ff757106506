import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { addFinishedPool, closedEvent, signedDelivery } from '../local/box.ts'
import { eventually } from '../support/eventually.ts'
import { addRejectedPool, nextDueMinute } from './arrange-pools.ts'
import { emulatorConnection } from './aws-connection.ts'
import { listLeftovers } from './list-leftovers.ts'
import { listSchedules } from './list-schedules.ts'
import { openStack, type Stack } from './open-stack.ts'
import { describeOperators } from './operators-suite.ts'
import { readLogs } from './read-logs.ts'
import { sendWebhook } from './send-webhook.ts'

const stage = 'test'
const stackName = `toloka-pool-archiver-${stage}`
const unknownPoolId = '404'
const dayMs = 24 * 3_600_000
/** Schedules and sweeps are due by the minute, and everything can be ten seconds late here. */
const scheduled = { patienceMs: 170_000, everyMs: 250 }

/** One life of a deployed stack: each story goes on where the one before it ended. */
describe('The deployed stack', () => {
  const connection = emulatorConnection()
  const model = new TolokaModel({ now: () => Date.now(), requestsPerSecond: Infinity })
  let fake: FakeToloka
  let stack: Stack
  let lostPoolId = ''

  beforeAll(async () => {
    fake = await startFakeToloka(model)
    const toloka = { tolokaUrl: fake.url, tolokaToken: model.token }
    stack = await openStack(connection, { stage, ...toloka })
    // The first story waits for a schedule; meanwhile the sweep can do its part.
    lostPoolId = addFinishedPool(model, 'Nobody told of it', Date.now())
  })
  afterAll(async () => {
    stack?.close()
    await fake.close()
  })

  const recordOf = (poolId: string): Promise<ArchivalRecord | null> => stack.store.get(poolId)
  const schedules = (): Promise<readonly string[]> =>
    listSchedules(connection, stack.outputs.ScheduleGroupName)
  const announceClose = (poolId: string, secret = stack.webhookSecret) =>
    sendWebhook(
      connection.endpoint,
      `${stack.outputs.WebhookUrl}?secret-version=0123456789ab`,
      signedDelivery({ events: [closedEvent(poolId)] }, Date.now(), secret),
    )
  const untilArchived = (poolId: string): Promise<ArchivalRecord | null> =>
    eventually(
      () => recordOf(poolId),
      (stored) => stored?.state === 'archived',
      scheduled,
    )

  test('plans a pool that a signed webhook tells of', async () => {
    const dueAt = nextDueMinute(Date.now(), 8 * dayMs)
    const poolId = addRejectedPool(model, 'Rejected yesterday', dueAt - 5_000)

    expect(await announceClose(poolId)).toMatchObject({ status: 200 })
    const stored = await eventually(
      () => recordOf(poolId),
      (found) => found !== null,
    )
    expect(stored).toMatchObject({ state: 'waiting', reason: 'appeal-window', dueAt })
  })

  test('turns away a wrong signature', async () => {
    const wrong = 'another-secret-of-thirty-two-characters-and-more'
    expect(await announceClose(unknownPoolId, wrong)).toMatchObject({ status: 401 })
  })

  test('archives a pool on schedule, as soon as its last rejection is nine days old', async () => {
    const before = await schedules()
    const windowEndsAt = Date.now() + 45_000
    const poolId = addRejectedPool(model, 'Rejected nine days ago', windowEndsAt)
    model.scriptArchive(poolId, { kind: 'slow', pendingMs: 1_000, runningMs: 2_000 })

    expect(await announceClose(poolId)).toMatchObject({ status: 200 })
    const planned = await eventually(
      () => schedules(),
      (names) => names.length > before.length,
    )
    const [fired, ...others] = planned.filter((name) => name.includes(poolId))
    expect(fired).toBeDefined()
    expect(others).toEqual([])
    const stored = await recordOf(poolId)
    expect(stored).toMatchObject({ state: 'waiting', reason: 'appeal-window' })
    expect(stored?.dueAt).toBeGreaterThanOrEqual(windowEndsAt)

    await untilArchived(poolId)
    expect(model.statusOf(poolId)).toBe('ARCHIVED')
    expect(model.archiveRequestsOf(poolId)).toHaveLength(1)
    expect(model.archivedAt(poolId)).toBeGreaterThanOrEqual(windowEndsAt)
    // A schedule for the end of the lease is left; it will fire and find nothing to do.
    expect(await schedules()).not.toEqual(expect.arrayContaining([fired]))
  })

  test('finds a pool whose webhook was lost', async () => {
    await untilArchived(lostPoolId)
    expect(model.archiveRequestsOf(lostPoolId)).toHaveLength(1)
  })

  describeOperators({ connection, stage, model, stack: () => stack, announceClose, untilArchived })

  test('sets aside what is no wake-up, and what fails again and again', async () => {
    const poolId = addFinishedPool(model, 'Its record is spoilt', Date.now())
    const unknown = '{"version":7,"pool":"unknown shape"}'
    const wakeUp = JSON.stringify({ version: 1, poolId, cause: 'hint', dueAt: Date.now() })
    await stack.spoilRecord(poolId)
    await stack.wakeUps.send(unknown)
    await stack.wakeUps.send(wakeUp)
    await eventually(
      () => stack.deadLetters.count(),
      (count) => count === 2,
    )
    expect(model.statusOf(poolId)).toBe('CLOSED')
    await stack.dropRecord(poolId)

    // Redrive: receive, send, delete. A queue that Scheduler writes to has no other.
    const letters: string[] = []
    for (let left = 2; left > 0; left -= 1) {
      const letter = await eventually(
        () => stack.deadLetters.take(),
        (taken) => taken !== null,
      )
      letters.push(letter?.body ?? '')
      if (letter?.body === wakeUp) await stack.wakeUps.send(letter.body)
      await letter?.remove()
    }
    expect(letters.toSorted()).toEqual([unknown, wakeUp].toSorted())

    await untilArchived(poolId)
    expect(await stack.deadLetters.count()).toBe(0)
    expect(model.archiveRequestsOf(poolId)).toHaveLength(1)
  })

  test('loses nothing by an update', async () => {
    const poolId = addRejectedPool(model, 'Waits meanwhile', nextDueMinute(Date.now(), dayMs))
    await announceClose(poolId)
    const planned = await eventually(
      () => schedules(),
      (names) => names.some((name) => name.includes(poolId)),
    )
    const stored = await eventually(
      () => recordOf(poolId),
      (found) => found?.outbox.length === 0,
    )
    const later = { version: 1, poolId, cause: 'timer', dueAt: Date.now() + 900_000 }
    await stack.wakeUps.send(JSON.stringify(later), 900)

    // Sweeps come no more: one that is under way when the stack is removed would leave a log.
    await stack.update({ KEEP_MARKER: '[hands off]', SWEEP_INTERVAL: '1d' })

    // Others, for the end of a lease, may have fired meanwhile.
    const lasting = planned.filter((name) => name.includes(poolId) || name.includes('Sweep'))
    expect(lasting).toHaveLength(2)
    expect(await schedules()).toEqual(expect.arrayContaining(lasting))
    expect(await recordOf(poolId)).toEqual(stored)
    await eventually(
      () => stack.wakeUps.count(),
      (count) => count === 1,
    )
    expect(await stack.deadLetters.count()).toBe(0)
    expect(await announceClose(poolId)).toMatchObject({ status: 200 })
  })

  test('has sent no archive request too early, and looked at nothing it was not told of', async () => {
    expect(model.violations).toEqual([])
    expect(model.races).toEqual([])
    expect(await recordOf(unknownPoolId)).toBeNull()
  })

  test('has let no secret into its logs', async () => {
    const [webhook = [], ...others] = await Promise.all(
      ['webhook', 'wake-up', 'sweep'].map((name) => readLogs(connection, `${stackName}-${name}`)),
    )
    const said = [...webhook, ...others.flat()].join('\n')

    expect(webhook).not.toHaveLength(0)
    expect(said).not.toContain(model.token)
    expect(said).not.toContain(stack.webhookSecret)
  })

  test('goes without a trace', async () => {
    expect(await listLeftovers(connection, stackName)).not.toEqual([])

    await eventually(
      () => stack.account.read(),
      ({ sweep }) => sweep.lease === null,
    )
    await stack.remove()
    expect(await listLeftovers(connection, stackName)).toEqual([])
    expect(await listSchedules(connection, stack.outputs.ScheduleGroupName)).toEqual([])
  })
})

test('The stage prod leaves its records behind, and nothing else', async () => {
  const connection = emulatorConnection()
  const nobody = { tolokaUrl: 'http://127.0.0.1:9', tolokaToken: 'token' }
  const stack = await openStack(connection, { stage: 'prod', ...nobody })
  await stack.remove()
  stack.close()

  const prefix = 'toloka-pool-archiver-prod'
  const table = `table ${stack.outputs.TableName}`
  expect(await listLeftovers(connection, prefix)).toEqual([table])
})
