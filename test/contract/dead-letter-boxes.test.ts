import { SQSClient } from '@aws-sdk/client-sqs'
import { createDeadLetterBox as createQueueBox } from '../../functions/adapters/aws/dead-letter-box.ts'
import { createDeadLetterBox } from '../../functions/adapters/local/dead-letter-box.ts'
import { createWakeUpQueue } from '../../functions/adapters/local/wake-up-queue.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { startAwsEndpoint } from '../adapters/aws/aws-endpoint.ts'
import { MessageBox } from '../adapters/aws/message-box.ts'
import { openPair } from '../adapters/local/open-pair.ts'
import { describeDeadLetterBox } from './dead-letter-box-contract.ts'
import { start } from './records.ts'

const timer = (poolId: string): WakeUp => ({ version: 1, poolId, cause: 'timer', dueAt: start })

describeDeadLetterBox('SQLite', async () => {
  const { own, beside, close } = openPair()
  let buried = 0
  const clock = { now: () => start + buried }
  const queue = createWakeUpQueue(own, clock)
  return {
    box: createDeadLetterBox(own),
    rival: createDeadLetterBox(beside),
    bury: async (poolId) => {
      await queue.request(timer(poolId))
      for (const { id } of await queue.takeDue(start, 9)) await queue.bury(id, 'it broke')
      buried += 1
    },
    close,
  }
})

describeDeadLetterBox('SQS', async () => {
  const messages = new MessageBox()
  const aws = await startAwsEndpoint((call) => messages.answer(call, start))
  const box = createQueueBox(new SQSClient(aws.options), 'https://sqs.test/dead-letters')
  return {
    box,
    rival: {
      ...box,
      list: async (limit) => {
        messages.letVisibilityEnd()
        return box.list(limit)
      },
    },
    bury: async (poolId) => messages.put(JSON.stringify(timer(poolId))),
    close: aws.close,
  }
})
