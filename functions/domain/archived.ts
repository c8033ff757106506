import type { Instant } from './instant.ts'
import type { ArchivalRecord } from './record.ts'

/** When a pool was found to be archived; null if it is not. */
export function archivedAt({ state, history }: ArchivalRecord): Instant | null {
  if (state !== 'archived') return null
  return history.findLast((entry) => entry.state === 'archived')?.at ?? null
}

/** Toloka took a request of ours and did not say that it failed: else it was somebody else. */
export function isArchivedByUs({ operations }: ArchivalRecord): boolean {
  return operations.some(({ status }) => status !== 'FAIL')
}
