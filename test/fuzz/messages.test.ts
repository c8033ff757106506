import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { asyncProperty, constantFrom, json, nat, oneof, record, string, tuple } from 'fast-check'
import { handleMessage } from '../../functions/application/handle-message.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import { beginsAt } from '../local/box.ts'
import { answerByModel } from './answer-by-model.ts'
import { toResponse } from './arbitrary-answers.ts'
import { changeJson, someChanges, writeJson } from './arbitrary-json.ts'
import { fuzz } from './fuzz.ts'
import { createFuzzedArchiver } from './fuzzed-archiver.ts'
import { judgeRecord } from './record-judge.ts'
import { isWakeUp } from './wake-up-judge.ts'

const someWakeUp = record({
  version: constantFrom(1),
  poolId: constantFrom('17', '18', '99', '9'.repeat(32)),
  cause: constantFrom('timer', 'hint'),
  dueAt: constantFrom(beginsAt, 0, beginsAt + hourMs, -1, Number.MAX_SAFE_INTEGER),
})
const someMessage = oneof(
  { weight: 2, arbitrary: someWakeUp.map(writeJson) },
  {
    weight: 4,
    arbitrary: tuple(someWakeUp, someChanges).map(([wakeUp, changes]) =>
      writeJson(changeJson(wakeUp, changes)),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(someWakeUp, nat(80)).map(([wakeUp, end]) => writeJson(wakeUp).slice(0, end)),
  },
  { weight: 1, arbitrary: json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: string({ unit: 'binary', maxLength: 40 }) },
)

const counts = { handled: 0, buried: 0 }

async function send(body: string): Promise<void> {
  const archiver = createFuzzedArchiver(
    () => beginsAt,
    (model) => async (request) =>
      toResponse(await answerByModel(model, request), { instead: 'nothing' }),
  )
  const buried: string[] = []
  const deadLetters = { bury: async (message: string) => void buried.push(message) }
  await handleMessage(archiver.dependencies, deadLetters, { id: 'message-1', body })

  const isRight = isWakeUp(body)
  counts[isRight ? 'handled' : 'buried'] += 1
  deepStrictEqual(buried, isRight ? [] : [body])
  const { records, wakeUps } = archiver
  strictEqual(records.size, isRight ? 1 : 0)
  for (const kept of records.values()) judgeRecord(kept, beginsAt, wakeUps.waiting)
  await archiver.expectDiscretion()
}

fuzz(
  'messages',
  () => asyncProperty(someMessage, send),
  () => {
    ok(counts.handled > 100)
    ok(counts.buried > 100)
  },
)
