import {
  constant,
  constantFrom,
  nat,
  oneof,
  option,
  record,
  string,
  type Arbitrary,
} from 'fast-check'
import { changeJson, someChanges, writeJson, type Change } from './arbitrary-json.ts'
import { canaries } from './canary.ts'

/** An answer of Toloka as it goes over the wire. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What is done to an answer on its way. */
export interface Spoiling {
  /** Comes instead of the answer; null: the answer itself. */
  readonly refusal: PlainAnswer | null
  /** Null: nothing of it is changed. */
  readonly changes: readonly Change[] | null
  /** Null: as it was. */
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly text: ((text: string, where: number) => string) | null
  readonly where: number
  readonly instead: 'nothing' | 'no connection' | 'half of it'
}

const html = (text: string): string => `<html><title>502</title><!-- ${text} --></html>`
const quoting = (text: string): string => `${canaries.token} ${text} ${canaries.token}`
/** As JSON may be written as well: each character by its number, or slashes escaped. */
const escaped = (text: string): string =>
  text.replaceAll('17', `Z${toEscapes(canaries.token)}`).replaceAll('/', '\\/')

function toEscapes(text: string): string {
  return Array.from(text, (character) => `\\u00${Buffer.from(character).toString('hex')}`).join('')
}

const textEdits: readonly ((text: string, where: number) => string)[] = [
  () => '',
  () => '   ',
  (text, where) => text.slice(0, where % (text.length + 1)),
  (text) => `\ufeff${text}`,
  (text) => `${text}${text}`,
  (text) => text.replaceAll('"', '\u0000'),
  html,
  quoting,
  escaped,
]

const someHeaderValues = {
  Date: constantFrom(
    'Mon, 05 Jan 2026 10:00:00 GMT',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'Mon, 05 Jan 0001 10:00:00 GMT',
    'Mon, 99 Foo 2026 10:00:00 GMT',
    'Monday, 05-Jan-26 10:00:00 GMT',
    'yesterday',
    '',
  ),
  'Retry-After': constantFrom(
    '0',
    '120',
    '-5',
    '1e9',
    '9'.repeat(400),
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'soon',
    '',
  ),
  'Content-Type': constantFrom('text/html', 'application/json;charset=koi8-r', '\u00ff'),
  Location: constantFrom('https://elsewhere.invalid/', `/${encodeURI(canaries.token)}`, '::'),
}

const statuses = [
  200, 201, 202, 204, 205, 206, 299, 301, 302, 304, 400, 401, 403, 404, 405, 408, 409, 413, 418,
  422, 429, 451, 499, 500, 502, 503, 504, 520, 599,
]

const someRefusal: Arbitrary<PlainAnswer> = record({
  status: constantFrom(400, 403, 409, 409, 429, 503),
  code: constantFrom(
    'VALIDATION_ERROR',
    'THERE_IS_REJECTED_ASSIGNMENT',
    'OPERATION_ALREADY_EXISTS',
  ),
}).map(({ status, code }) => ({
  status,
  headers: {},
  body: JSON.stringify({
    request_id: 'd4dcd5d2-a5e3-6b2e-a9bb-b162f1fc3471',
    code,
    message: 'Toloka says no',
    payload: { 0: { pool_id: { code } }, interval: 'DAY' },
  }),
}))

export const someSpoiling: Arbitrary<Spoiling> = record({
  refusal: oneof({ weight: 6, arbitrary: constant(null) }, { weight: 1, arbitrary: someRefusal }),
  changes: option(someChanges, { freq: 4 }),
  status: oneof(
    { weight: 3, arbitrary: constant(null) },
    { weight: 1, arbitrary: constantFrom(...statuses) },
  ),
  headers: oneof(
    { weight: 3, arbitrary: constant({}) },
    { weight: 2, arbitrary: record(someHeaderValues, { requiredKeys: [] }) },
    {
      weight: 1,
      arbitrary: string({ unit: 'binary-ascii', maxLength: 30 })
        .filter((value) => /^[ -~]*$/.test(value))
        .map((Date) => ({ Date })),
    },
  ),
  text: oneof(
    { weight: 6, arbitrary: constant(null) },
    { weight: 1, arbitrary: constantFrom(...textEdits) },
  ),
  where: nat(2_000),
  instead: oneof(
    { weight: 30, arbitrary: constant('nothing' as const) },
    { weight: 1, arbitrary: constantFrom('no connection' as const, 'half of it' as const) },
  ),
})

/** The answer as it arrives. */
export function spoil(genuine: PlainAnswer, spoiling: Spoiling): PlainAnswer {
  const { refusal, changes, status, headers, text, where } = spoiling
  const answer = refusal ?? genuine
  const changed = changes === null ? answer.body : changeText(answer.body, changes)
  return {
    status: status ?? answer.status,
    headers: { ...answer.headers, ...headers },
    body: text?.(changed, where) ?? changed,
  }
}

/** An answer without a body gets one. */
function changeText(text: string, changes: readonly Change[]): string {
  return writeJson(changeJson(text === '' ? {} : JSON.parse(text), changes))
}

const withoutBody = new Set([204, 205, 304])

/** What fetch makes of it. */
export function toResponse(
  { status, headers, body }: PlainAnswer,
  { instead }: Pick<Spoiling, 'instead'>,
): Response {
  if (instead === 'no connection') {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error(), { code: 'ECONNRESET' }),
    })
  }
  if (withoutBody.has(status)) return new Response(null, { status, headers })
  return new Response(instead === 'half of it' ? breakingOff(body) : body, { status, headers })
}

function breakingOff(body: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.from(body.slice(0, body.length / 2)))
      controller.error(new TypeError('terminated'))
    },
  })
}
