import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createArchivalStore } from '../../../functions/adapters/aws/archival-store.ts'
import { toItem } from '../../../functions/adapters/aws/record-item.ts'
import { openTable } from '../../../functions/adapters/aws/table.ts'
import { anyRecord } from '../../../functions/application/record-query.ts'
import { hourMs } from '../../../functions/domain/instant.ts'
import { makePool, makeRecord, start } from '../../contract/records.ts'
import { createTable } from './create-table.ts'
import { startDynalite, type Dynalite } from './start-dynalite.ts'

let dynalite: Dynalite

beforeAll(async () => {
  dynalite = await startDynalite()
})
afterAll(() => dynalite.close())

describe('Over DynamoDB,', () => {
  const commands: string[] = []
  let store: ReturnType<typeof createArchivalStore>
  let spoil: (poolId: string) => Promise<unknown>

  beforeEach(async () => {
    const { name } = await createTable(dynalite.client)
    const client = dynalite.connect()
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (call) => {
          commands.push(String(commandName))
          return next(call)
        },
      { step: 'initialize' },
    )
    const table = openTable(name, client)
    store = createArchivalStore(table, async () => {})
    spoil = (poolId) => {
      const Item = { ...toItem(makeRecord(poolId)), body: new Uint8Array([1]) }
      return table.client.send(new PutCommand({ TableName: name, Item }))
    }
    for (let index = 0; index < 30; index += 1) {
      const pool = makePool(index === 29 ? '7' : '70')
      await store.put(makeRecord(String(100 + index), { pool, dueAt: start + index * hourMs }), 0)
    }
    commands.length = 0
  })

  test.each([
    ['state', { state: 'waiting' }],
    ['reason', { reason: 'appeal-window' }],
    ['project', { projectId: '70' }],
    ['due time', { dueUntil: start + 29 * hourMs }],
  ] as const)(
    'a list by %s asks the index, and never goes through the table',
    async (_by, asked) => {
      const { records } = await store.list({ ...anyRecord, ...asked, limit: 3 })

      expect(records.map(({ poolId }) => poolId)).toEqual(['100', '101', '102'])
      expect(new Set(commands)).toEqual(new Set(['QueryCommand', 'BatchGetItemCommand']))
    },
  )

  test('one record among many that do not fit is found by one question for each state', async () => {
    const query = { ...anyRecord, projectId: '7', dueUntil: start + 99 * hourMs, limit: 1 }

    expect(await store.list(query)).toMatchObject({ records: [{ poolId: '129' }], next: null })
    expect(commands.filter((name) => name === 'QueryCommand')).toHaveLength(6)
  })

  test('a record that cannot be read stops a list, and is named where all are read', async () => {
    await spoil('110')

    await expect(store.list({ ...anyRecord, limit: 99 })).rejects.toThrow(/record of pool 110/)
    const { readings } = await store.readAll(null, 99)
    expect(readings).toHaveLength(30)
    expect(readings.find(({ poolId }) => poolId === '110')).toMatchObject({
      name: 'UnreadableRecordError',
      message: expect.stringContaining('its body cannot be unpacked'),
    })
  })
})
