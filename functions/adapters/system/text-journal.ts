import { escapeInvisible } from '../../domain/visible-text.ts'
import { toIso } from '../../domain/instant.ts'
import { journal, type Level } from '../../application/journal.ts'
import type { Clock, Journal } from '../../application/ports.ts'

const ranks: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/**
 * A journal of one line for each entry: time, level, code, message, then the fields.
 *
 * @param write takes a line without its end
 */
export function createTextJournal(
  clock: Clock,
  write: (line: string) => void,
  from: Level = 'info',
): Journal {
  return {
    write(code, fields = {}) {
      const { level, message } = journal[code]
      if (ranks[level] < ranks[from]) return
      const known = Object.entries(fields).filter(([, value]) => value !== null)
      const pairs = known.map(([name, value]) => `${name}=${quoted(value)}`)
      write([toIso(clock.now()), level.padEnd(5), code, `${message}.`, ...pairs].join(' '))
    },
  }
}

/** Texts from outside must not be able to forge a line or a field, or to steer a terminal. */
function quoted(value: string | number | boolean | null): string {
  const text = String(value)
  return /^[\w.:/-]+$/.test(text) ? text : escapeInvisible(JSON.stringify(text))
}
