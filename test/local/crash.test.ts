import { createHmac } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { killAll, startArchiver, startProgram, type Program } from './archiver-process.ts'
import { addFinishedPool, closedEvent, signedDelivery, webhookSecret } from './box.ts'

let folder: TemporaryFolder
let fake: FakeToloka | null = null

afterEach(async () => {
  killAll()
  await fake?.close()
  folder.remove()
})

function settings(tolokaUrl: string, token: string, secret: string): Record<string, string> {
  folder = makeTemporaryFolder()
  return {
    TOLOKA_URL: tolokaUrl,
    TOLOKA_TOKEN: token,
    TOLOKA_WEBHOOK_SECRET: secret,
    ARCHIVE_MODE: 'archive',
    MAX_REQUESTS_PER_SECOND: '200',
    PORT: '0',
    DATA_FILE: folder.file('archiver.sqlite'),
  }
}

async function urlOf(program: Program): Promise<string> {
  const [, url = ''] = await program.untilSaid(/STARTED .* address=(\S+)/)
  return url
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json()
}

test('The README: a fake Toloka, the archiver, and a signed webhook', async () => {
  const toloka = startProgram('test/fake-toloka/main.ts', ['--port', '0'])
  const [, tolokaUrl = ''] = await toloka.untilSaid(/^Fake Toloka at (\S+)/)
  const [, token = ''] = await toloka.untilSaid(/^TOLOKA_TOKEN=(\S+)/)
  const [, secret = ''] = await toloka.untilSaid(/TOLOKA_WEBHOOK_SECRET=(\S+)/)
  const [, poolId = ''] = await toloka.untilSaid(/^ +(\d+) +open; close it/)
  const archiver = startArchiver(settings(tolokaUrl, token, secret))
  const url = await urlOf(archiver)
  await archiver.untilSaid(/SWEEP_FINISHED/)

  await fetch(`${tolokaUrl}/fake/pools/${poolId}/close`, { method: 'POST' })
  const body = JSON.stringify({ events: [closedEvent(poolId)] })
  const at = Date.now()
  const sign = createHmac('sha256', secret).update(`${at}.1.${body}`).digest('hex')
  const delivered = await fetch(`${url}/webhooks/toloka`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Toloka-Signature': `{v=1, ts=${at}, sign=${sign}}`,
    },
    body,
  })
  expect(delivered.status).toBe(200)
  await archiver.untilSaid(new RegExp(`POOL_CONFIRM .* poolId=${poolId} `))

  const operation = { operationId: expect.any(String), type: 'POOL.ARCHIVE', status: 'SUCCESS' }
  expect(await getJson(`${url}/api/pools/${poolId}`)).toMatchObject({
    poolId,
    state: 'archived',
    operationId: expect.any(String),
    operations: [operation],
    history: [{ state: 'submitting' }, { state: 'archiving' }, { state: 'archived' }],
  })
  expect(await getJson(`${tolokaUrl}/fake/pools`)).toMatchObject({
    pools: expect.arrayContaining([expect.objectContaining({ poolId, status: 'ARCHIVED' })]),
  })
  expect(await getJson(`${tolokaUrl}/fake/violations`)).toEqual({ violations: [], races: [] })
  archiver.kill('SIGTERM')
  expect(await archiver.ended).toBe(0)
  toloka.kill('SIGTERM')
  expect(await toloka.ended).toBe(0)
})

test('kill -9 at three moments at once loses nothing, and posts nothing twice', async () => {
  const model = new TolokaModel({ now: () => Date.now() })
  fake = await startFakeToloka(model)
  const environment = settings(fake.url, model.token, webhookSecret)
  const first = startArchiver(environment)
  const url = await urlOf(first)
  await first.untilSaid(/SWEEP_FINISHED/)
  // Nobody but the webhook tells of these: the sweep at the start is over.
  const unread = addFinishedPool(model, 'Killed while its wake-up was handled', Date.now())
  const unverified = addFinishedPool(model, 'Killed after Toloka took the request', Date.now())
  const unanswered = addFinishedPool(model, 'Killed while Toloka was silent', Date.now())
  const pools = [unread, unverified, unanswered]
  model.scriptArchive(unverified, { kind: 'stuck' })
  fake.faults.next({ method: 'GET', path: `/pools/${unread}` }, { kind: 'hang' })
  fake.faults.next({ path: `/pools/${unanswered}/archive` }, { kind: 'hang' })
  const delivery = signedDelivery({ events: pools.map(closedEvent) }, Date.now())
  expect((await fetch(`${url}/webhooks/toloka`, delivery)).status).toBe(200)
  await first.untilSaid(new RegExp(`POOL_ACCEPT .* poolId=${unverified} `))
  await first.untilSaid(new RegExp(`POOL_SUBMIT .* poolId=${unanswered} `))
  await eventually(
    () => [model.requests.byPool.get(unread) ?? 0, model.archiveRequestsOf(unanswered).length],
    (requests) => requests.every((count) => count > 0),
  )
  first.kill('SIGKILL')
  expect(await first.ended).toBeNull()
  fake.faults.clear()
  const [operation] = model.operationsOf(unverified)
  model.finishOperation(operation?.id ?? '', 'SUCCESS')

  const second = startArchiver(environment)
  const newUrl = await urlOf(second)
  // A hint looks at once; the timer of the first archiver would in a few seconds.
  const hint = signedDelivery({ events: [closedEvent(unverified)] }, Date.now())
  expect((await fetch(`${newUrl}/webhooks/toloka`, hint)).status).toBe(200)
  const api = async (poolId: string): Promise<unknown> => getJson(`${newUrl}/api/pools/${poolId}`)
  expect(await api(unanswered)).toMatchObject({ state: 'submitting', reason: 'eligible' })
  await second.untilSaid(new RegExp(`POOL_CONFIRM .* poolId=${unread} `))
  await second.untilSaid(new RegExp(`POOL_CONFIRM .* poolId=${unverified} `))

  expect(await api(unverified)).toMatchObject({
    state: 'archived',
    operationId: operation?.id,
    operations: [{ status: 'SUCCESS' }],
    history: [{ state: 'submitting' }, { state: 'archiving' }, { state: 'archived' }],
  })
  // While the lease of five minutes runs, nobody posts again: the first may still be under way.
  expect(await api(unanswered)).toMatchObject({ state: 'submitting', reason: 'eligible' })
  expect(pools.map((poolId) => model.archiveRequestsOf(poolId).length)).toEqual([1, 1, 1])
  expect(pools.map((poolId) => model.statusOf(poolId))).toEqual(['ARCHIVED', 'ARCHIVED', 'CLOSED'])
  expect(model.violations).toEqual([])
})
