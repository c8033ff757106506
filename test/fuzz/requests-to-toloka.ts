import type * as z from 'zod/mini'
import { dayMs } from '../../functions/domain/instant.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { beginsAt } from '../local/box.ts'
import { closedPool } from '../support/closed-pools.ts'
import { answerByModel } from './answer-by-model.ts'
import type { PlainAnswer } from './arbitrary-answers.ts'
import { canaries } from './canary.ts'
import { createFuzzedClient, type Client } from './fuzzed-client.ts'
import { wellFormed } from './well-formed.ts'

/** A pool with something of everything, and one that is on its way to the archive. */
const [poolId, archivingId] = ['17', '18']
const since = beginsAt - 9 * dayMs
const webhookUrl = 'https://archiver.example/webhooks/toloka'
const wanted = { poolId, eventType: 'POOL_CLOSED', webhookUrl, secretKey: canaries.secret }

type KindOfRequest = readonly [shape: z.ZodMiniType, make: (client: Client) => Promise<unknown>]

/** One request of each kind, and the shape of what comes of it. */
export const requests: Readonly<Record<string, KindOfRequest>> = {
  readPool: [wellFormed.poolAnswer, (client) => client.readPool(poolId)],
  listPools: [wellFormed.poolPage, (client) => client.listPools('CLOSED', null)],
  findPendingWork: [wellFormed.assignmentAnswer, (client) => client.findPendingWork(poolId)],
  findRejection: [wellFormed.assignmentAnswer, (client) => client.findRejection(poolId, since)],
  archivePool: [wellFormed.archiveAnswer, (client) => client.archivePool(archivingId)],
  findArchiveOperations: [
    wellFormed.operations,
    (client) => client.findArchiveOperations(archivingId, since),
  ],
  readOperation: [
    wellFormed.operation,
    async (client) => {
      const [operation] = await client.findArchiveOperations(archivingId, since)
      return client.readOperation(operation?.id ?? 'none')
    },
  ],
  readRequester: [wellFormed.requester, (client) => client.readRequester()],
  put: [wellFormed.outcomes, (client) => client.put([wanted])],
  list: [wellFormed.subscriptions, (client) => client.list('POOL_CLOSED')],
  test: [
    wellFormed.testOutcome,
    async (client) => {
      const [subscription] = await client.list('POOL_CLOSED')
      return client.test(subscription?.id ?? 'none')
    },
  ],
  remove: [wellFormed.nothing, (client) => client.remove('some-subscription')],
}

/** What Toloka answers to each of them, request by request. */
export async function recordAnswers(): Promise<ReadonlyMap<string, readonly PlainAnswer[]>> {
  const model = new TolokaModel({
    now: () => beginsAt,
    token: canaries.token,
    requestsPerSecond: Infinity,
  })
  const bench = { model, clock: { at: beginsAt } }
  closedPool(bench, { private_comment: 'number 17', metadata: { of: ['17'] } }, poolId)
  model.addAssignment(poolId, { status: 'SUBMITTED' })
  model.addAssignment(poolId, { status: 'REJECTED' })
  closedPool(bench, {}, archivingId)
  model.scriptArchive(archivingId, {
    kind: 'fail',
    afterMs: 0,
    details: { code: 'ODD', pools: ['17'] },
  })

  const recorded = new Map<string, readonly PlainAnswer[]>()
  for (const [name, [, make]] of Object.entries(requests)) {
    const answers: PlainAnswer[] = []
    const client = createFuzzedClient(async (request) => {
      const answer = await answerByModel(model, request)
      answers.push(answer)
      return new Response(answer.body || null, answer)
    })
    await make(client)
    recorded.set(name, answers)
  }
  return recorded
}
