import type { JournalCode } from '../../functions/application/journal.ts'
import type { Journal, JournalFields } from '../../functions/application/ports.ts'

export interface RecordedJournal extends Journal {
  readonly entries: { readonly code: JournalCode; readonly fields: JournalFields }[]
  readonly codes: () => readonly JournalCode[]
  /** Resolves when a code has been written that often since the beginning. */
  readonly untilWritten: (code: JournalCode, times?: number) => Promise<void>
}

/** A journal that remembers what was written. */
export function recordJournal(): RecordedJournal {
  const entries: RecordedJournal['entries'] = []
  const waiting = new Set<() => void>()
  const count = (code: JournalCode): number => entries.filter((one) => one.code === code).length
  return {
    entries,
    codes: () => entries.map(({ code }) => code),
    write: (code, fields = {}) => {
      entries.push({ code, fields })
      for (const look of waiting) look()
    },
    untilWritten: (code, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (count(code) < times) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
