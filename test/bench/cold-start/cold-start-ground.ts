import { dayMs } from '../../../functions/domain/instant.ts'
import { startStack, type FunctionName } from '../../handlers/stack.ts'
import { addFinishedPool, closedEvent, signedDelivery } from '../../local/box.ts'

/** What happens to a function first, and how it is known that it did all that it should. */
export interface FirstCall {
  readonly event: unknown
  readonly environment: Readonly<Record<string, string>>
  /** @throws Error if it is not what a function gives back that has done its work */
  readonly check: (result: unknown) => Promise<void>
}

/** AWS and Toloka, for functions that are started again and again. */
export interface ColdStartGround {
  readonly prepare: (name: FunctionName) => FirstCall
  readonly close: () => Promise<void>
}

const wakeUp = (poolId: string) => ({ version: 1, poolId, cause: 'hint', dueAt: Date.now() })

const messages = (body: unknown) => ({
  Records: [{ messageId: 'message-1', body: JSON.stringify(body) }],
})

/** The highest: the distance between requests to Toloka is no part of a start. */
const fast = { MAX_REQUESTS_PER_SECOND: '300' }

/** DynamoDB and Toloka speak HTTP as the real ones do, and keep what they are told. */
export async function openColdStartGround(): Promise<ColdStartGround> {
  const [stack, calm] = await Promise.all([startStack(), openCalmStack()])

  const webhook = (): FirstCall => {
    const poolId = addFinishedPool(stack.model, 'Street signs', Date.now())
    const { body, headers } = signedDelivery({ events: [closedEvent(poolId)] }, Date.now())
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    const sentBefore = stack.calls.length
    return {
      event: { headers: Object.fromEntries(lowerCase), body, isBase64Encoded: false },
      environment: stack.environmentOf('webhook'),
      check: async (result) => {
        expectText(result, '"statusCode":200')
        expectText(stack.calls.slice(sentBefore), `\\"poolId\\":\\"${poolId}\\"`)
      },
    }
  }

  const look = (): FirstCall => {
    const poolId = addFinishedPool(stack.model, 'Street signs', Date.now())
    return {
      event: messages(wakeUp(poolId)),
      environment: { ...stack.environmentOf('wake-up'), ...fast },
      check: async (result) => {
        expectText(result, '{"batchItemFailures":[]}')
        expectText(stack.model.statusOf(poolId), 'ARCHIVED')
        expectText(await stack.store.get(poolId), '"state":"archived"')
      },
    }
  }

  const sweep = (): FirstCall => {
    const listedBefore = calm.model.requests.byRoute.get('GET /pools') ?? 0
    return {
      event: messages({ version: 1, sweep: true }),
      environment: { ...calm.environmentOf('sweep'), ...fast },
      check: async () => {
        const listed = calm.model.requests.byRoute.get('GET /pools') ?? 0
        if (listed === listedBefore) throw new Error('It did not look at the list of pools.')
        expectText(await calm.account.read(), '"lease":null')
      },
    }
  }

  const calls = { webhook, 'wake-up': look, sweep }
  return {
    prepare: (name) => calls[name](),
    close: async () => {
      await stack.close()
      await calm.close()
    },
  }
}

/** Some pools wait, and nothing was missed: what a sweep finds, nearly always. */
async function openCalmStack() {
  const stack = await startStack()
  const now = Date.now()
  for (const name of ['Street signs', 'Cats', 'Dogs']) {
    const poolId = stack.model.createPool(
      { private_name: name },
      { lastStartedAt: now - 2 * dayMs, lastStoppedAt: now - dayMs, lastCloseReason: 'MANUAL' },
    )
    const { exitCode, output } = await stack.invoke('wake-up', messages(wakeUp(poolId)))
    if (exitCode !== 0) throw new Error(output)
  }
  return stack
}

function expectText(found: unknown, wanted: string): void {
  const text = typeof found === 'string' ? found : JSON.stringify(found)
  if (!text.includes(wanted)) throw new Error(`There is no ${wanted} in ${text}.`)
}
