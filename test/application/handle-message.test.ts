import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { handleMessage } from '../../functions/application/handle-message.ts'
import type { DeadLetters } from '../../functions/application/ports.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
let buried: string[]

beforeEach(async () => {
  bench = await setUpWorkbench()
  buried = []
})

afterEach(() => bench.close())

function handle(body: string, deadLetters: DeadLetters = deadLetterQueue): Promise<void> {
  return handleMessage(bench.dependencies, deadLetters, { id: 'message-1', body })
}

const deadLetterQueue: DeadLetters = { bury: async (body) => void buried.push(body) }

const wakeUp = (poolId: string, change: object = {}): string =>
  JSON.stringify({ version: 1, poolId, cause: 'hint', dueAt: bench.clock.at, ...change })

describe('A message', () => {
  test.each(['hint', 'timer'])('that is a wake-up, a %s, wakes its pool', async (cause) => {
    const poolId = closedPool(bench)
    await handle(wakeUp(poolId, { cause }))

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(buried).toEqual([])
  })

  test.each([
    ['is no JSON', () => 'wake up!'],
    ['is of a version that comes later', () => wakeUp('17', { version: 2 })],
    ['names no pool', () => wakeUp('17', { poolId: undefined })],
    ['names a pool that is none', () => wakeUp('17/../../requester')],
    ['has another cause', () => wakeUp('17', { cause: 'sweep' })],
    ['has no time', () => wakeUp('17', { dueAt: 'soon' })],
    ['is a sweep', () => '{"version":1,"sweep":true}'],
  ])('that %s goes to the dead letters as it is, and to nobody else', async (_what, make) => {
    await handle(make())

    expect(buried).toEqual([make()])
    expect(bench.journal).toEqual([
      { code: 'WAKE_UP_UNREADABLE', fields: { messageId: 'message-1' } },
    ])
    expect(bench.model.requests.total).toBe(0)
  })

  test('of any other kind does the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
        await handle(body)
        expect(buried.at(-1)).toBe(body)
      }),
    )
  })

  test('that cannot be put to the dead letters comes again', async () => {
    const bury = async (): Promise<void> => {
      throw new Error('The queue is away.')
    }

    await expect(handle('rubbish', { bury })).rejects.toThrow('The queue is away.')
    expect(bench.journal).toEqual([])
  })

  test('whose handling fails comes again, and the journal says which pool and why', async () => {
    const broken = {
      ...bench.dependencies,
      store: {
        ...bench.dependencies.store,
        get: async () => {
          throw new Error('The table is away.')
        },
      },
    }
    const handling = handleMessage(broken, deadLetterQueue, { id: 'message-1', body: wakeUp('17') })

    await expect(handling).rejects.toThrow('The table is away.')
    expect(bench.journal).toEqual([
      { code: 'WAKE_UP_FAILED', fields: { poolId: '17', problem: 'Error: The table is away.' } },
    ])
    expect(buried).toEqual([])
  })

  test('is done with while Toloka is down: the record has its next look', async () => {
    const poolId = closedPool(bench)
    bench.fake.faults.next({ path: '/', times: Infinity }, { kind: 'cut' })
    await handle(wakeUp(poolId))

    expect(await bench.record(poolId)).toMatchObject({
      reason: 'toloka-unreachable',
      dueAt: bench.clock.at + 60_000,
    })
    expect(buried).toEqual([])
  })
})
