import type { ArchivalRecord } from '../domain/record.ts'

/** What a form has done, if the record shows it: anybody can write an address with `?done=`. */
export function doneText(
  done: string | undefined,
  { hold, override }: ArchivalRecord,
): string | null {
  if (done === 'hold' && hold !== null) return 'The pool is held.'
  if (done === 'release' && hold === null) {
    return 'The hold is gone. The archiver looks at the pool again at once.'
  }
  if (done === 'archive-now' && override !== null) {
    return 'It is archived as soon as Toloka allows it. A hold takes that back.'
  }
  return null
}
