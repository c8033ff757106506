import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterEach, describe, expect, test } from '@jest/globals'
import { readItems } from '../../../functions/adapters/aws/read-items.ts'
import { openTable } from '../../../functions/adapters/aws/table.ts'
import { startAwsEndpoint, type AwsAnswer, type AwsEndpoint } from './aws-endpoint.ts'

let aws: AwsEndpoint
let pauses: number[]

afterEach(() => aws.close())

const keyOf = (poolId: string) => ({ id: { S: `pool:${poolId}` } })

/** A DynamoDB that gives these pools and leaves out those, call after call. */
async function read(...answers: readonly { given: readonly string[]; left: readonly string[] }[]) {
  pauses = []
  const left = [...answers]
  aws = await startAwsEndpoint((): AwsAnswer => {
    const answer = left.length > 1 ? left.shift() : left[0]
    const unprocessed = { records: { Keys: answer?.left.map(keyOf) } }
    return {
      body: {
        Responses: { records: answer?.given.map(keyOf) },
        UnprocessedKeys: answer?.left.length === 0 ? {} : unprocessed,
      },
    }
  })
  const table = openTable('records', new DynamoDBClient(aws.options))
  const pause = async (ms: number): Promise<void> => void pauses.push(ms)
  return readItems(table, ['1', '2'], { attributes: ['id'], consistent: false, pause })
}

describe('What DynamoDB leaves out', () => {
  test('is asked for again after a pause, until all is there', async () => {
    const items = await read(
      { given: [], left: ['1', '2'] },
      { given: ['1'], left: ['2'] },
      { given: ['2'], left: [] },
    )

    expect(items).toEqual([{ id: 'pool:1' }, { id: 'pool:2' }])
    expect(pauses).toEqual([50, 100])
    expect(aws.calls[2]?.input).toMatchObject({ RequestItems: { records: { Keys: [keyOf('2')] } } })
  })

  test('is an error if it never comes, and not "there is none"', async () => {
    await expect(read({ given: [], left: ['2'] })).rejects.toThrow(
      'DynamoDB left out 1 of 2 records, 8 times.',
    )
  })
})
