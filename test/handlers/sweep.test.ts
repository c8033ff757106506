import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { awsError } from '../adapters/aws/aws-endpoint.ts'
import { addFinishedPool } from '../local/box.ts'
import { startStack, webhookSecret, type Stack } from './stack.ts'

let stack: Stack

beforeEach(async () => {
  stack = await startStack()
})

afterEach(() => stack.close())

const event = { Records: [{ messageId: 'message-1', body: '{"version":1,"sweep":true}' }] }
const enough = { remainingMs: 900_000 }

function sentTo(queue: string): readonly unknown[] {
  return stack.calls.flatMap(({ input }) =>
    JSON.stringify(input)?.includes(`/${queue}"`) ? [input] : [],
  )
}

describe('The function that sweeps', () => {
  test('finds closed pools, wakes them, and measures what it repaired', async () => {
    const poolIds = [1, 2, 3].map(() => addFinishedPool(stack.model, 'Lost', Date.now()))
    const { result, log } = await stack.invoke('sweep', event, enough)

    expect(result).toBeNull()
    expect(sentTo('wake-ups')).toHaveLength(3)
    for (const poolId of poolIds) {
      expect(await stack.store.get(poolId)).toMatchObject({ reason: 'discovered' })
    }
    expect(log).toContainEqual(
      expect.objectContaining({ SWEEP_FINISHED: 1, repaired: 0, oldestOverdueSeconds: 0 }),
    )
    expect((await stack.account.read()).sweep).toMatchObject({ lease: null, cursor: null })
    expect(sentTo('sweeps')).toEqual([])
  })

  test('discovers nothing for another account than that of the records', async () => {
    const poolId = addFinishedPool(stack.model, 'Of another account', Date.now())
    const owner = { origin: stack.fake.url, requesterId: 'somebody-else' }
    await stack.account.write({ ...(await stack.account.read()), version: 1, owner }, 0)
    const { exitCode, log } = await stack.invoke('sweep', event, enough)

    expect(exitCode).toBe(1)
    expect(log.map(({ code }) => code)).toContain('WRONG_ACCOUNT')
    expect(await stack.store.get(poolId)).toBeNull()
  })

  test('that is short of time has another run go on', async () => {
    for (let count = 0; count < 301; count += 1) addFinishedPool(stack.model, 'Many', Date.now())
    const first = await stack.invoke('sweep', event, { remainingMs: 119_000 })

    expect(first.log.map(({ code }) => code)).toContain('SWEEP_CONTINUES')
    expect(sentTo('sweeps')).toEqual([
      expect.objectContaining({ MessageBody: '{"version":1,"sweep":true}', DelaySeconds: 0 }),
    ])
    expect((await stack.account.read()).sweep.cursor).not.toBeNull()

    const second = await stack.invoke('sweep', event, enough)

    expect(second.log.map(({ code }) => code)).toContain('SWEEP_FINISHED')
    expect(sentTo('wake-ups')).toHaveLength(301)
  })

  describe('that knows where webhooks go', () => {
    const environment = { WEBHOOK_URL: 'https://archiver.example/webhooks/toloka' }
    const subscribed = (): number =>
      stack.model.requests.byRoute.get('PUT /webhook-subscriptions') ?? 0

    test('has Toloka tell when an open pool closes, by the secret of the stack', async () => {
      const poolId = stack.model.createPool({}, { status: 'OPEN', lastStartedAt: Date.now() })
      const { log, output } = await stack.invoke('sweep', event, { ...enough, environment })

      expect(log).toContainEqual(
        expect.objectContaining({ code: 'SUBSCRIPTIONS_KEPT', put: 1, refused: 0 }),
      )
      expect(output).not.toContain(webhookSecret)
      stack.model.closePool(poolId)
      const [delivery] = stack.model.takeDueDeliveries()
      expect(delivery?.url).toMatch(
        /^https:\/\/archiver\.example\/webhooks\/toloka\?secret-version=/,
      )
      const request = {
        headers: Object.fromEntries(
          Object.entries(delivery?.headers ?? {}).map(([name, text]) => [name.toLowerCase(), text]),
        ),
        body: delivery?.body,
      }
      expect((await stack.invoke('webhook', request)).result).toMatchObject({ statusCode: 200 })
    })

    test('leaves that to the next one if it is out of time', async () => {
      stack.model.createPool({}, { status: 'OPEN', lastStartedAt: Date.now() })
      const short = { remainingMs: 119_000, environment }
      const { log, exitCode } = await stack.invoke('sweep', event, short)

      expect(exitCode).toBe(0)
      expect(log.map(({ code }) => code)).toContain('SUBSCRIPTIONS_STOPPED')
      expect(subscribed()).toBe(0)
    })

    test('ends well although the secret cannot be read, and says so', async () => {
      stack.refuse = ({ input }) =>
        JSON.stringify(input)?.includes(':secret:webhook') ? awsError('AccessDenied') : null
      const { log, exitCode } = await stack.invoke('sweep', event, { ...enough, environment })

      expect(exitCode).toBe(0)
      expect(log.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['SECRET_UNREADABLE', 'SWEEP_FINISHED', 'SUBSCRIPTIONS_STOPPED']),
      )
      expect(subscribed()).toBe(0)
    })
  })
})
