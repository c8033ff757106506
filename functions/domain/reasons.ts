/** Why a record is where it is: a code for machines, a sentence for the person who asks. */
export const reasons = {
  // The rule, in its order.
  'already-archived': 'Toloka says that the pool is archived.',
  'pool-open': 'The pool is open. It is looked at again when it closes.',
  'pool-locked': 'Toloka has locked the pool, so nothing can be done with it for now.',
  'unknown-status': 'The pool has a status that is not known here.',
  'held-by-operator': 'An operator holds the pool.',
  'keep-marker': 'The pool is marked to be kept.',
  'project-out-of-scope': 'The project of the pool is not in scope.',
  'never-started': 'The pool is a draft: it was never started.',
  training: 'The pool is a training.',
  'close-time-unknown': 'Toloka does not say when the pool was closed.',
  'closed-for-update': 'The pool is closed for an update; Toloka reopens it after 15 minutes.',
  'close-reason-excluded': 'Pools that were closed for this reason are not archived by policy.',
  'grace-period': 'The pool was closed too recently for its close reason.',
  'exam-window': 'The pool accepts or rejects automatically, and closed less than nine days ago.',
  'assignments-active': 'Somebody is still working on an assignment.',
  'review-pending': 'An answer is not reviewed yet; it may still be rejected.',
  'appeal-window': 'Something was rejected less than nine days ago; the worker may appeal.',
  eligible: 'Nothing stands in the way of archiving.',

  // Reasons of our own.
  discovered: 'The pool was seen and has not been looked at yet.',
  'observe-mode': 'Would be archived now, but the archiver only watches (ARCHIVE_MODE=observe).',
  paused: 'Archiving is paused by an operator.',
  'daily-limit': "Today's limit of archive requests is reached.",

  // What Toloka answered.
  'operation-running': 'Toloka is archiving the pool.',
  'operation-failed': 'The archive operation failed.',
  'operation-stuck': 'The archive operation has not ended for a day.',
  'archive-not-confirmed': 'Toloka calls the pool archived, but does not show it so.',
  'outcome-unknown': 'It is not known what became of the archive request.',
  'pool-busy': 'Another operation of Toloka works on the pool.',
  refused: 'Toloka refused to archive the pool.',
  quota: 'Toloka asks for fewer requests.',
  'access-denied': 'Toloka does not accept the token.',
  'pool-forbidden': 'The token may not touch this pool.',
  'not-found': 'Toloka does not know this pool: is it of another account or environment?',
  'request-invalid': 'Toloka calls the request wrong.',
  'toloka-unreachable': 'Toloka cannot be reached.',
  'unexpected-answer': "Toloka's answer does not fit the question.",
} as const

export type ReasonCode = keyof typeof reasons

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasons, code)
}
