import { describe, expect, test } from '@jest/globals'
import { journal as vocabulary, type JournalCode } from '../../functions/application/journal.ts'
import type { Journal } from '../../functions/application/ports.ts'

/** Lets `work` write into the journal, and gives the lines that came of it. */
export type JournalFixture = (work: (journal: Journal) => void) => readonly string[]

const codes = Object.keys(vocabulary).filter((code): code is JournalCode => code in vocabulary)
const isSaid = (code: JournalCode): boolean => vocabulary[code].level !== 'debug'

/** What every journal must do. */
export function describeJournal(name: string, linesOf: JournalFixture): void {
  describe(`${name} as a journal`, () => {
    test.each(codes.filter(isSaid))('says %s in one line, with its level and sentence', (code) => {
      const { level, message } = vocabulary[code]
      const lines = linesOf((journal) => journal.write(code, { poolId: '17' }))

      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain(code)
      expect(lines[0]?.toLowerCase()).toContain(level)
      expect(lines[0]).toContain(message)
      expect(lines[0]).toMatch(/poolId[=":]+17/)
    })

    test('keeps whatever a text from outside says within its line', () => {
      const problem = 'no\nINFO "forged" \u001B[31m \u2028 line'
      const lines = linesOf((journal) => journal.write('WORK_FAILED', { problem, count: 3 }))

      expect(lines).toHaveLength(1)
      expect(lines[0]).not.toContain('\u001B')
      expect(lines[0]).toContain('forged')
    })
  })
}
