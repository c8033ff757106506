import { describe, expect, test } from '@jest/globals'
import { assert, property, string } from 'fast-check'
import { createTextJournal } from '../../../functions/adapters/system/text-journal.ts'
import type { Level } from '../../../functions/application/journal.ts'
import type { Journal } from '../../../functions/application/ports.ts'

const clock = { now: () => Date.UTC(2026, 0, 5, 10) }

function open(from?: Level): { journal: Journal; lines: string[] } {
  const lines: string[] = []
  return { journal: createTextJournal(clock, (line) => lines.push(line), from), lines }
}

describe('The text journal', () => {
  test('writes a line with time, level, code, message and fields', () => {
    const { journal, lines } = open()
    journal.write('STARTED', { address: 'http://127.0.0.1:8787', pools: 17, isNew: true })
    journal.write('STOPPED')
    expect(lines).toEqual([
      '2026-01-05T10:00:00.000Z info  STARTED Archiver started. address=http://127.0.0.1:8787 pools=17 isNew=true',
      '2026-01-05T10:00:00.000Z info  STOPPED Archiver stopped.',
    ])
  })

  test('leaves out what is null', () => {
    const { journal, lines } = open()
    journal.write('POOL_PLAN', { poolId: '17', detail: null })
    expect(lines).toEqual([expect.stringMatching(/will look again\. poolId=17$/)])
  })

  test('writes nothing below its level', () => {
    const codes = ['POOL_OVERTAKEN', 'POOL_PLAN', 'POOL_WARNING', 'WORK_FAILED'] as const
    const heard = (from?: Level): number => {
      const { journal, lines } = open(from)
      for (const code of codes) journal.write(code)
      return lines.length
    }
    expect([heard('debug'), heard(), heard('info'), heard('warn'), heard('error')]).toEqual([
      4, 3, 3, 2, 1,
    ])
  })

  test.each([
    ['spaces', 'two words', '"two words"'],
    ['nothing', '', '""'],
    ['another field', 'x state=archived', '"x state=archived"'],
    ['quotes', 'say "x" \\', '"say \\"x\\" \\\\"'],
    ['another line', 'x\n2026-01-05T10:00:00.000Z error', '"x\\n2026-01-05T10:00:00.000Z error"'],
    ['a command to the terminal', '\u001b[2J', '"\\u001b[2J"'],
    ['a command in one character', '\u009b2J', '"\\u009b2J"'],
    ['a line end of Unicode', 'x\u2028y\u0085z', '"x\\u2028y\\u0085z"'],
    ['text that runs backwards', '\u202egnp.exe', '"\\u202egnp.exe"'],
    ['an invisible character beyond 16 bits', '\u{e0041}', '"\\udb40\\udc41"'],
    ['letters of the world', 'Straße 東京', '"Straße 東京"'],
  ])('quotes %s', (_, value, written) => {
    const { journal, lines } = open()
    journal.write('POOL_PLAN', { detail: value })
    expect(lines).toEqual([expect.stringContaining(` detail=${written}`)])
    expect(lines[0]?.endsWith(written)).toBe(true)
  })

  test('shows every text so that it can be read back, on one line', () => {
    assert(
      property(string({ unit: 'binary' }), (value) => {
        const { journal, lines } = open()
        journal.write('POOL_PLAN', { detail: value })
        const written = /detail=(.*)$/s.exec(lines[0] ?? '')?.[1] ?? ''
        expect(written).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
        expect(written.startsWith('"') ? JSON.parse(written) : written).toBe(value)
      }),
    )
  })
})
