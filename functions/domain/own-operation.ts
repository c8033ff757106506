import { minuteMs } from './instant.ts'
import type { Operation } from './operation.ts'
import type { ArchivalRecord, HistoryEntry } from './record.ts'

/** Toloka dates an operation by its clock, and we a request by ours. */
const clockToleranceMs = 5 * minuteMs

/** Whether a history entry says that an archive request was sent. */
export function isRequest({ state, reason }: HistoryEntry): boolean {
  return state === 'submitting' && reason === 'eligible'
}

/**
 * Whether an archive operation is of a request of ours. One that ran already when we asked first is
 * somebody else's: Toloka turned our request away, and we followed what we found. If the history no
 * longer says when we asked first, or Toloka not when it began, it counts as ours.
 */
export function isOwnOperation(record: ArchivalRecord, { submittedAt }: Operation): boolean {
  const requests = record.history.filter(isRequest)
  const [first] = requests
  const known = requests.reduce((count, { times }) => count + times, 0)
  if (record.attempts === 0) return false
  if (first === undefined || known < record.attempts || submittedAt === null) return true
  return submittedAt >= first.at - clockToleranceMs
}
