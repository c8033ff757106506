import type { Instant } from './instant.ts'
import { isOwnOperation } from './own-operation.ts'
import type { ArchivalRecord } from './record.ts'

/** When a pool was first seen to be archived; null if it is not, or the history does not say. */
export function archivedAt({ state, history }: ArchivalRecord): Instant | null {
  if (state !== 'archived') return null
  return history.find((entry) => entry.state === 'archived')?.at ?? null
}

/** An operation of ours did not fail: else it was somebody else. The audit tells it by the same. */
export function isArchivedByUs(record: ArchivalRecord): boolean {
  return record.operations.some(
    (operation) => operation.status !== 'FAIL' && isOwnOperation(record, operation),
  )
}
