import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { expect, test } from '@jest/globals'
import { array, assert, asyncProperty, constantFrom, integer, oneof } from 'fast-check'
import type { WakeUp } from '../../functions/application/ports.ts'
import { dayMs, hourMs, minuteMs, roundUpToMinute, toIso } from '../../functions/domain/instant.ts'
import { openDynamoDb } from '../agreement/dynamodb-ground.ts'
import { patienceMs, sequences } from '../agreement/extent.ts'
import { testThatStoresAgree } from '../agreement/stores-agree.ts'
import { describeWakeUp, someWakeUpDueAt } from '../agreement/wake-up-calls.ts'
import type { WakeUpsFixture } from '../contract/wake-ups-contract.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { emulatorConnection } from './aws-connection.ts'
import { openWakeUps, queueHorizonMs, wakeUpStart } from './open-wake-ups.ts'

const connection = emulatorConnection()
const dynamoDb = new DynamoDBClient(connection)

testThatStoresAgree('DynamoDB of the emulator', 60, () => openDynamoDb(dynamoDb))

function openMemory(): WakeUpsFixture {
  const wakeUps = new MemoryWakeUps()
  const readPending = async () => wakeUps.waiting.map(({ wakeUp }) => wakeUp)
  return { wakeUps, rival: wakeUps, readPending, close: async () => {} }
}

/**
 * Not those of the next minutes: they stay hidden in the queue until they are due. Within a minute
 * there are some, as a schedule is for a whole minute.
 */
const someWakeUp = someWakeUpDueAt(
  oneof(
    constantFrom(-9 * dayMs, -1, 0, queueHorizonMs + 1, 9 * dayMs, 9 * dayMs + 1, 400 * dayMs),
    integer({ min: -3 * minuteMs, max: 0 }),
    integer({ min: hourMs - minuteMs, max: hourMs + minuteMs }),
  ).map((aheadMs) => wakeUpStart + aheadMs),
)

const someRequests = array(
  someWakeUp.map((wakeUp) => ({ wakeUp, toString: () => `request(${describeWakeUp(wakeUp)})` })),
  { maxLength: 20, size: 'max' },
)

/**
 * A near one may come twice. Of those further ahead there is one for a pool and a minute, whatever
 * the cause: it makes up for those that follow within that minute.
 */
function nameWakening(wakeUp: WakeUp): string {
  return wakeUp.dueAt - wakeUpStart > queueHorizonMs
    ? `schedule for ${wakeUp.poolId} at ${toIso(roundUpToMinute(wakeUp.dueAt))}`
    : `message: ${describeWakeUp(wakeUp)}`
}

async function play(
  requests: readonly { readonly wakeUp: WakeUp }[],
  { wakeUps, rival, readPending, close }: WakeUpsFixture,
): Promise<readonly string[]> {
  try {
    for (const [index, { wakeUp }] of requests.entries()) {
      await (index % 2 === 0 ? wakeUps : rival).request(wakeUp)
    }
    return [...new Set((await readPending()).map(nameWakening))].toSorted()
  } finally {
    await close()
  }
}

test(
  'SQS and EventBridge Scheduler keep the wake-ups that the twin in memory keeps',
  async () => {
    await assert(
      asyncProperty(someRequests, async (requests) => {
        const told = await play(requests, openMemory())
        expect(await play(requests, await openWakeUps(connection))).toEqual(told)
      }),
      sequences(30),
    )
  },
  patienceMs,
)
