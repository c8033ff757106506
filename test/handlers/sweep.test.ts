import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool } from '../local/box.ts'
import { startStack, type Stack } from './stack.ts'

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
})
