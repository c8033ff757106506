import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs } from '../../functions/domain/instant.ts'
import { awsError } from '../adapters/aws/aws-endpoint.ts'
import { addFinishedPool } from '../local/box.ts'
import { serviceName, startStack, type Stack } from './stack.ts'

let stack: Stack

beforeEach(async () => {
  stack = await startStack()
})

afterEach(() => stack.close())

function message(poolId: string, messageId = `message-${poolId}`) {
  const body = JSON.stringify({ version: 1, poolId, cause: 'hint', dueAt: Date.now() })
  return { messageId, body }
}

function finishedPool(): string {
  return addFinishedPool(stack.model, 'Street signs', Date.now())
}

describe('The function for wake-ups', () => {
  test('archives a pool, tells of it, and puts what is no wake-up to the dead letters', async () => {
    const poolId = finishedPool()
    const rubbish = { messageId: 'rubbish', body: '{"version":2}' }
    const { result, log, output } = await stack.invoke('wake-up', {
      Records: [message(poolId), rubbish],
    })

    expect(result).toEqual({ batchItemFailures: [] })
    expect(stack.model.statusOf(poolId)).toBe('ARCHIVED')
    expect(await stack.store.get(poolId)).toMatchObject({ state: 'archived', outbox: [] })
    expect(stack.calls).toContainEqual({
      operation: 'AWSEvents.PutEvents',
      input: { Entries: [expect.objectContaining({ DetailType: 'PoolArchived' })] },
    })
    expect(stack.calls).toContainEqual({
      operation: 'AmazonSQS.SendMessage',
      input: expect.objectContaining({
        QueueUrl: expect.stringContaining('dead-letters'),
        MessageBody: '{"version":2}',
      }),
    })
    expect(log).toContainEqual(
      expect.objectContaining({ code: 'POOL_CONFIRM', poolId, state: 'archived', level: 'INFO' }),
    )
    expect(output).not.toContain(stack.model.token)
  })

  test('counts what alarms key on, by the name of the stack alone', async () => {
    const poolId = finishedPool()
    const { log } = await stack.invoke('wake-up', { Records: [message(poolId)] })

    expect(log.filter((line) => '_aws' in line)).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'TolokaPoolArchiver',
              Dimensions: [['service']],
              Metrics: expect.arrayContaining([
                { Name: 'POOL_SUBMIT', Unit: 'Count' },
                { Name: 'POOL_CONFIRM', Unit: 'Count' },
              ]),
            },
          ],
        },
        service: serviceName,
        POOL_SUBMIT: 1,
        POOL_CONFIRM: 1,
      },
    ])
  })

  test('says less than two kilobytes about a pool from look to end', async () => {
    const { output } = await stack.invoke('wake-up', { Records: [message(finishedPool())] })

    expect(Buffer.byteLength(output)).toBeLessThan(2_048)
  })

  test('has EventBridge Scheduler wake it when the appeals are over', async () => {
    const poolId = finishedPool()
    const rejectedAt = Date.now() - 2 * dayMs
    stack.model.addAssignment(poolId, { status: 'REJECTED', at: rejectedAt })
    await stack.invoke('wake-up', { Records: [message(poolId)] })
    const record = await stack.store.get(poolId)

    expect(record).toMatchObject({ state: 'waiting', reason: 'appeal-window' })
    expect(stack.calls).toContainEqual({
      operation: expect.stringMatching(`^POST /schedules/${poolId}-20`),
      input: expect.objectContaining({ GroupName: 'archiver-test' }),
    })
  })

  test('has that message come again whose record cannot be read, and no other', async () => {
    const { client, name: TableName } = stack.table
    const Item = { id: 'pool:17', version: 1, body: new Uint8Array([1]) }
    await client.send(new PutCommand({ TableName, Item }))
    const poolId = finishedPool()
    const { result, log } = await stack.invoke('wake-up', {
      Records: [message('17', 'spoilt'), message(poolId)],
    })

    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'spoilt' }] })
    expect(stack.model.statusOf(poolId)).toBe('ARCHIVED')
    expect(log).toContainEqual(
      expect.objectContaining({
        code: 'WAKE_UP_FAILED',
        poolId: '17',
        problem: expect.stringMatching(/^UnreadableRecordError: .*pool 17/),
      }),
    )
  })

  test('has all messages come again while the table does not answer', async () => {
    const { exitCode } = await stack.invoke(
      'wake-up',
      { Records: [message('17')] },
      { environment: { TABLE_NAME: 'another-table' } },
    )

    expect(exitCode).toBe(1)
  })

  test('keeps a pool waiting, and no message, while the token cannot be read', async () => {
    const poolId = finishedPool()
    stack.refuse = ({ operation }) =>
      operation.startsWith('secretsmanager') ? awsError('AccessDeniedException') : null
    const { result, log } = await stack.invoke('wake-up', { Records: [message(poolId)] })

    expect(result).toEqual({ batchItemFailures: [] })
    expect(log.map(({ code }) => code)).toContain('SECRET_UNREADABLE')
    expect(await stack.store.get(poolId)).toMatchObject({
      state: 'waiting',
      reason: 'toloka-unreachable',
    })
  })

  test('does nothing for another account than that of the records', async () => {
    const poolId = finishedPool()
    const fresh = await stack.account.read()
    const owner = { origin: stack.fake.url, requesterId: 'somebody-else' }
    await stack.account.write({ ...fresh, version: 1, owner }, 0)
    const { exitCode, log } = await stack.invoke('wake-up', { Records: [message(poolId)] })

    expect(exitCode).toBe(1)
    expect(log.map(({ code }) => code)).toContain('WRONG_ACCOUNT')
    expect(await stack.store.get(poolId)).toBeNull()
    expect(stack.model.statusOf(poolId)).toBe('CLOSED')
  })

  test('does not start with settings that do not fit, and names them all', async () => {
    const { exitCode, output } = await stack.invoke(
      'wake-up',
      { Records: [] },
      {
        environment: { TOLOKA_TOKEN: stack.model.token, QUEUE_HORIZON: '16m', TABLE_NAME: '' },
      },
    )

    expect(exitCode).toBe(1)
    expect(output).toContain('TOLOKA_TOKEN does not fit: expected the ARN of a secret')
    expect(output).toContain(
      'QUEUE_HORIZON = "16m" does not fit: expected a duration from 0 to 15m',
    )
    expect(output).toContain('TABLE_NAME is not set: expected the name of the table')
    expect(output).not.toContain(stack.model.token)
  })
})
