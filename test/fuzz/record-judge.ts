import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { toItem } from '../../functions/adapters/aws/record-item.ts'
import type { AccountState } from '../../functions/application/account-state.ts'
import { parseAccount } from '../../functions/application/stored-account.ts'
import { parseRecord } from '../../functions/application/stored-record.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import type { WaitingWakeUp } from '../twins/memory-wake-ups.ts'

/** ADR 6: so much with five operations and texts that nothing can make smaller. */
const longestItem = 4_096
const fewOperations = 5
/** What stands beside the body: key, state, reason, times, fingerprint, and the names of all. */
const besideBody = 400
/** No wait that is right is longer. */
const longestWaitMs = 60 * 86_400_000

/**
 * Whatever Toloka said, a record can be read again, is small, and is going to be looked at. Plain
 * assertions: those of Jest take longer than all that is tested here.
 */
export function judgeRecord(
  record: ArchivalRecord,
  now: number,
  waiting: readonly WaitingWakeUp[],
): void {
  const { poolId, state, dueAt, operations } = record
  const body = JSON.stringify(record)
  deepStrictEqual(parseRecord(poolId, body), record)
  strictEqual(dueAt === null, state === 'archived')
  if (dueAt !== null) {
    ok(dueAt <= now + longestWaitMs, `Due ${dueAt}, and it is ${now}`)
    ok(waiting.some(({ wakeUp }) => wakeUp.poolId === poolId && wakeUp.dueAt <= dueAt))
  }
  strictEqual(new Set(operations.map(({ id }) => id)).size, operations.length)
  if (body.length < longestItem - besideBody || operations.length > fewOperations) return
  const bytes = toItem(record).body.byteLength + besideBody
  ok(bytes <= longestItem, `An item of ${bytes} bytes: ${body}`)
}

/** What is kept of the account is small, and can be read again. */
export function judgeAccount(state: AccountState): void {
  const body = JSON.stringify(state)
  strictEqual(JSON.stringify(parseAccount('memory', body)), body)
  ok(body.length < 2_000, body)
}
