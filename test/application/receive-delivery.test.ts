import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createDeliveryReader } from '../../functions/adapters/toloka/delivery-reader.ts'
import { receiveDelivery } from '../../functions/application/receive-delivery.ts'
import type { Delivery, WakeUps } from '../../functions/application/ports.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import { signDelivery } from '../fake-toloka/signature.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

const secret = 'the-webhook-secret-of-this-test-only'
let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

function delivery(types: readonly string[], signedWith = secret): Delivery {
  const events = types.map((type, index) => ({ type, pool_id: String(17 + index) }))
  const body = JSON.stringify({ events })
  const signature = signDelivery(signedWith, body, bench.clock.at)
  return { contentType: 'application/json', signature, body: Buffer.from(body) }
}

function receive(given: Delivery, wakeUps: WakeUps = bench.queue) {
  const { clock } = bench.dependencies
  const reader = createDeliveryReader({ secrets: async () => [secret], clock, toleranceMs: dayMs })
  return receiveDelivery({ ...bench.dependencies, wakeUps, reader }, given)
}

async function waiting(): Promise<readonly string[]> {
  const taken = await bench.queue.takeDue(bench.clock.at, 99)
  return taken.map(({ wakeUp }) => `${wakeUp.cause} ${wakeUp.poolId}`)
}

describe('A delivery', () => {
  test('is answered 200 when all its wake-ups are stored', async () => {
    const answer = await receive(delivery(['POOL_CLOSED', 'POOL_CLOSED', 'TEST_EVENT']))
    expect(answer).toEqual({ status: 200, problem: null })
    expect(await waiting()).toEqual(['hint 17', 'hint 18'])
    expect(bench.journal).toEqual([{ code: 'WEBHOOK_ACCEPTED', fields: { pools: 2, ignored: 1 } }])
  })

  test('that comes twice asks once', async () => {
    await receive(delivery(['POOL_CLOSED']))
    await receive(delivery(['POOL_CLOSED']))
    expect(await waiting()).toEqual(['hint 17'])
  })

  test('that is forged is refused, and wakes nobody', async () => {
    const answer = await receive(delivery(['POOL_CLOSED'], 'some-other-secret'))
    expect(answer).toEqual({ status: 401, problem: 'The signature does not fit the body.' })
    expect(await waiting()).toEqual([])
    expect(bench.journal).toEqual([{ code: 'WEBHOOK_UNAUTHORIZED', fields: answer }])
  })

  test('that is none of Toloka’s in form is refused as such', async () => {
    const answer = await receive({ ...delivery(['POOL_CLOSED']), contentType: 'text/plain' })
    expect(answer).toEqual({ status: 415, problem: 'The content type must be application/json.' })
    expect(await waiting()).toEqual([])
    expect(bench.journal).toEqual([{ code: 'WEBHOOK_REFUSED', fields: answer }])
  })

  test('is answered 503 when the store fails half-way, and is complete when it comes again', async () => {
    let requests = 0
    const failing: WakeUps = {
      request: async (wakeUp) => {
        requests += 1
        if (requests === 2) throw new Error('disk full')
        await bench.queue.request(wakeUp)
      },
    }
    const twoPools = delivery(['POOL_CLOSED', 'POOL_CLOSED'])
    expect(await receive(twoPools, failing)).toEqual({
      status: 503,
      problem: 'The events could not be stored. Please send them again.',
    })
    expect(bench.journal).toEqual([
      { code: 'WEBHOOK_FAILED', fields: { problem: 'Error: disk full' } },
    ])
    expect(await receive(twoPools, failing)).toMatchObject({ status: 200 })
    expect(await waiting()).toEqual(['hint 17', 'hint 18'])
  })
})
