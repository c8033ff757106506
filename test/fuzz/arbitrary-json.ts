import { createHash } from 'node:crypto'
import {
  array,
  constantFrom,
  jsonValue,
  nat,
  option,
  oneof,
  record,
  string,
  type Arbitrary,
} from 'fast-check'

/**
 * What JSON can say and no value of JavaScript keeps: a value holds the name, and `writeJson` puts
 * in what it stands for.
 */
const spoken: Readonly<Record<string, string>> = {
  '@deep list@': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '@deep object@': `${'{"a":'.repeat(20_000)}0${'}'.repeat(20_000)}`,
  '@beyond numbers@': '1e999',
  '@long number@': '123456789012345678901234567890',
  '@fraction@': '0.30000000000000004',
}
/** Behind the name of a field: it stands there once more. */
const again = '@again'

/** Nothing can make it smaller. */
const noise = Array.from({ length: 100 }, (_, index) =>
  createHash('sha512').update(String(index)).digest('base64'),
).join('')

const awkwardTexts = [
  '',
  ' ',
  '.',
  '..',
  '../../requester',
  '\ud800',
  'a\udfff',
  '\u0000',
  '\u2028\u202e\u001b[2J',
  '<script>alert(1)</script>',
  "'); drop table records; --",
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  '🙈'.repeat(200),
  '17',
  '9'.repeat(32),
  '9'.repeat(33),
  'CLOSED',
  'ARCHIVED',
  'OPEN',
  'SUCCESS',
  'FAIL',
]

const awkwardDates = [
  '9999-12-31T23:59:59.999',
  '0001-01-01T00:00:00',
  '0000-01-01',
  '1970-01-01T00:00:00.000',
  '2026-02-30T00:00:00',
  '2026-01-05T24:00:00',
  '2026-01-05T09:59:59.999999999',
  '2026-01-05T10:00:00+03:00',
  '2026-01-01T00:00:00.5Z',
  'Mon, 05 Jan 2026 10:00:00 GMT',
]

const awkwardNumbers = [0, -1, 0.5, 1e-9, 1e300, -1e300, 2 ** 53, -(2 ** 53) - 2, 86_400 * 365, 17]

/** Values on which programs stumble, and any others. */
const awkwardValue: Arbitrary<unknown> = oneof(
  constantFrom<unknown>(null, true, false, [], {}, [null], { items: [], has_more: true }),
  constantFrom<unknown>(...awkwardTexts, ...awkwardDates, ...awkwardNumbers),
  constantFrom<unknown>(...Object.keys(spoken)),
  constantFrom(noise, noise.slice(500)),
  string({ unit: 'binary', maxLength: 20 }),
  jsonValue({ maxDepth: 2, depthSize: 'xsmall' }),
)

/** One thing that is done to a value of JSON. */
export interface Change {
  /** Which of its parts, modulo how many there are. */
  readonly where: number
  /** Only parts of this name, if there are any; null: all parts. */
  readonly name: string | null
  readonly how: (typeof ways)[number]
  readonly what: unknown
}

/** Names that mean something to JavaScript, or to whoever reads the answers. */
const fieldNames = [
  '__proto__',
  'constructor',
  'toJSON',
  'then',
  'length',
  'details',
  'payload',
  'message',
  'request_id',
  'has_more',
  'items',
  'metadata',
  'training',
  'private_comment',
  'quality_control',
  'validation_errors',
  'errorType',
] as const

const ways = ['replace', 'drop', 'double', 'rename', 'wrap', 'add'] as const

/** Of parts that are read, so that not all changes fall on others. */
const readNames = [
  'id',
  'pool_id',
  'status',
  'type',
  'details',
  'parameters',
  'submitted',
  'last_started',
  'last_stopped',
  'last_close_reason',
  'project_id',
  'assignment_max_duration_seconds',
  'auto_accept_period_day',
  'rejected',
  'items',
  'has_more',
  'code',
  'payload',
  'events',
  'poolId',
]

export const someChanges: Arbitrary<readonly Change[]> = array(
  record({
    where: nat(400),
    name: option(constantFrom(...readNames), { freq: 1 }),
    how: constantFrom(...ways),
    what: awkwardValue,
  }),
  { minLength: 1, maxLength: 3 },
)

/** A copy of a value of JSON, changed. */
export function changeJson(value: unknown, changes: readonly Change[]): unknown {
  return changes.reduce((changed, change) => {
    const all = pathsIn(changed, 6)
    const named = all.filter((path) => path.at(-1) === change.name)
    const paths = named.length > 0 ? named : all
    return edit(changed, paths[change.where % paths.length] ?? [], change)
  }, value)
}

/** A value as a text of JSON, with all that no value can say. */
export function writeJson(value: unknown): string {
  const text = (JSON.stringify(value) ?? '').replaceAll(`${again}":`, '":')
  if (!text.includes('"@')) return text
  return Object.entries(spoken).reduce(
    (written, [name, saying]) => written.replaceAll(JSON.stringify(name), saying),
    text,
  )
}

type Path = readonly string[]

function pathsIn(value: unknown, depth: number): readonly Path[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [[]]
  const inside = Object.entries(value).flatMap(([key, part]) =>
    pathsIn(part, depth - 1).map((path) => [key].concat(path)),
  )
  return [[], ...inside]
}

function edit(value: unknown, [key, ...rest]: Path, change: Change): unknown {
  if (key === undefined) return editHere(value, change)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, part]) => {
    if (name !== key) return [[name, part] as const]
    return rest.length > 0
      ? [[name, edit(part, rest, change)] as const]
      : editEntry(name, part, change)
  })
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries)
}

function editEntry(
  name: string,
  part: unknown,
  change: Change,
): readonly (readonly [string, unknown])[] {
  switch (change.how) {
    case 'drop':
      return []
    case 'double':
      return [
        [name, part],
        [`${name}${again}`, change.where % 2 === 0 ? part : change.what],
      ]
    case 'rename':
      return [[typeof change.what === 'string' ? change.what : name.toUpperCase(), part]]
    case 'replace':
    case 'wrap':
    case 'add':
      return [[name, editHere(part, change)]]
  }
}

function editHere(value: unknown, { how, what, where }: Change): unknown {
  if (how === 'wrap') return where % 2 === 0 ? [value] : { value }
  if (how === 'add' && Array.isArray(value)) return [...value, what]
  if (how === 'add' && typeof value === 'object' && value !== null) {
    return Object.fromEntries([
      ...Object.entries(value),
      [fieldNames[where % fieldNames.length], what],
    ])
  }
  return what
}
