import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

interface Threat {
  readonly name: string
  readonly defence: string
  readonly shownBy: string
}

/** The six kinds of STRIDE, by their headings. */
const kinds = [
  'Spoofing',
  'Tampering',
  'Repudiation',
  'Information disclosure',
  'Denial of service',
  'Elevation of privilege',
]

const page = readFileSync('docs/security.md', 'utf8')

function readThreats(text: string, kind: string): readonly Threat[] {
  const [, section = ''] = text.split(`\n## ${kind}: `)
  const [table = ''] = section.split('\n## ')
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.includes('| -'))
  return rows.slice(1).map((row) => {
    const [, name = '', defence = '', shownBy = ''] = row.split(' | ').join('|').split('|')
    return { name: name.trim(), defence, shownBy }
  })
}

/** What is between backticks and looks like a file. */
function filesIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  return quoted.filter((name) => /^[\w./-]+\.(ts|yml|json)$/.test(name))
}

/** The problems of one row: what it names that does not exist, and what it lacks. */
function problemsOf({ defence, shownBy }: Threat): readonly string[] {
  const missing = [...filesIn(defence), ...filesIn(shownBy)].filter((file) => !existsSync(file))
  const tests = shownBy.split(/(?=`test\/)/).filter((part) => part.includes('`'))
  const unknown = tests.flatMap((part) => {
    const [file = ''] = filesIn(part)
    const names = [...part.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name)
    if (names.length === 0) return [`no test of ${file}`]
    return names.filter((name) => !hasTest(file, name)).map((name) => `${file} “${name}”`)
  })
  return [...missing, ...unknown, ...(tests.length === 0 ? ['no test'] : [])]
}

function hasTest(file: string, name: string): boolean {
  if (!existsSync(file)) return false
  const text = readFileSync(file, 'utf8')
  return ["'", '"', '`'].some((quote) => {
    const at = text.indexOf(`${quote}${name}${quote},`)
    return at > 0 && /(test|describe|\))\(\s*$/.test(text.slice(0, at))
  })
}

describe.each(kinds)('docs/security.md, on %s,', (kind) => {
  const threats = readThreats(page, kind)

  test('has threats, each once', () => {
    const names = threats.map(({ name }) => name)

    expect(names.length).toBeGreaterThan(2)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(threats.map((threat) => [threat.name, threat] as const))(
    'names tests and files that exist: %s',
    (_, threat) => {
      expect(problemsOf(threat)).toEqual([])
    },
  )
})

describe('A row of docs/security.md', () => {
  const row = { name: 'a threat', defence: '`functions/local/app.ts`', shownBy: '' }
  const file = '`test/workshop/security-page.test.ts`'

  test.each([
    ['without a test', { ...row }, ['no test']],
    ['with a file that names no test', { ...row, shownBy: file }, [/^no test of/]],
    ['with a test that is not there', { ...row, shownBy: `${file} “sleeps”` }, [/“sleeps”$/]],
    ['with a text that is no test', { ...row, shownBy: `${file} “Spoofing”` }, [/“Spoofing”$/]],
    [
      'with a test file that is not there',
      { ...row, shownBy: '`test/no.test.ts` “x”' },
      [/no/, /x/],
    ],
    [
      'with a defence that is not there',
      { ...row, defence: '`functions/no.ts`', shownBy: `${file} “has threats, each once”` },
      ['functions/no.ts'],
    ],
  ])('%s is a problem', (_, threat, problems) => {
    expect(problemsOf(threat)).toEqual(problems.map((one) => expect.stringMatching(one)))
  })
})
