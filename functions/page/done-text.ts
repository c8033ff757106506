import type { ArchivalRecord } from '../domain/record.ts'

/** What a form has done, if the record shows it: anybody can write an address with `?done=`. */
export function doneText(done: string | undefined, { hold }: ArchivalRecord): string | null {
  if (done === 'hold' && hold !== null) return 'The pool is held.'
  if (done === 'release' && hold === null) {
    return 'The hold is gone. The archiver looks at the pool again at once.'
  }
  return null
}
