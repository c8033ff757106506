import { createHmac } from 'node:crypto'
import {
  array,
  constant,
  constantFrom,
  integer,
  json,
  nat,
  oneof,
  record,
  string,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check'
import type { Delivery } from '../../functions/application/ports.ts'
import { changeJson, someChanges, writeJson } from './arbitrary-json.ts'
import { canaries } from './canary.ts'

/** A delivery before it is signed: when that happens, only its receiver knows. */
export interface Draft {
  readonly contentType: string | null
  readonly body: Uint8Array
  readonly signing: Signing
}

interface Signing {
  readonly secret: string
  /** How long ago, in milliseconds. */
  readonly ageMs: number
  /** What is signed: the body as it is, or what Toloka may have had in mind. */
  readonly form: 'as it is' | 'compact'
  /** Makes the header out of its parts; null: there is none. */
  readonly write: ((v: string, ts: string, sign: string) => string) | null
}

function event(poolId: unknown, type = 'POOL_CLOSED'): object {
  return {
    uuid: '11111111-2222-4333-8444-555555555555',
    event_time: '2026-01-01T12:00:00',
    project_id: '1500',
    pool_id: poolId,
    close_reason: 'COMPLETED',
    webhook_subscription_id: '0123456789abcdef01234567',
    type,
  }
}

const somePoolId = oneof(nat(5).map(String), nat(5), constantFrom('007', '9'.repeat(32)))
const someEvent = oneof(
  { weight: 4, arbitrary: somePoolId.map((poolId) => event(poolId)) },
  { weight: 1, arbitrary: somePoolId.map((poolId) => event(poolId, 'ASSIGNMENT_CREATED')) },
)
const someGenuine: Arbitrary<unknown> = oneof(
  array(someEvent, { maxLength: 4 }).map((events) => ({ events })),
  someEvent,
  constant({ type: 'TEST_EVENT' }),
)

const indented = (value: unknown): string => JSON.stringify(value, null, 2)
const someText: Arbitrary<string> = oneof(
  { weight: 4, arbitrary: someGenuine.map(writeJson) },
  { weight: 1, arbitrary: someGenuine.map(indented) },
  {
    weight: 5,
    arbitrary: tuple(someGenuine, someChanges).map(([value, changes]) =>
      writeJson(changeJson(value, changes)),
    ),
  },
  { weight: 1, arbitrary: json({ maxDepth: 4 }) },
  { weight: 1, arbitrary: string({ unit: 'binary', maxLength: 60 }) },
)

const toBytes: readonly ((text: string, where: number) => Uint8Array)[] = [
  (text, where) => Buffer.from(text).subarray(0, where % (text.length + 1)),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`${text}\u00e9`, 'latin1'),
  (text, where) => {
    const bytes = Buffer.from(text)
    if (bytes.length > 0) bytes[where % bytes.length] = where & 0xff
    return bytes
  },
  (text) => Buffer.concat([Buffer.from(text), Buffer.alloc(256 * 1024, ' ')]),
]
const someBody: Arbitrary<Uint8Array> = oneof(
  { weight: 20, arbitrary: someText.map((text) => Buffer.from(text)) },
  {
    weight: 5,
    arbitrary: tuple(someText, constantFrom(...toBytes), nat(400)).map(([text, write, where]) =>
      write(text, where),
    ),
  },
  { weight: 1, arbitrary: uint8Array({ maxLength: 100 }) },
)

type Write = NonNullable<Signing['write']>

const genuineForms: readonly Write[] = [
  (v, ts, sign) => `{v=${v}, ts=${ts}, sign=${sign}}`,
  (v, ts, sign) => `v=${v}, ts=${ts}, sign=${sign}`,
  (v, ts, sign) => `{sign=${sign}, ts=${ts}, v=${v}}`,
  (v, ts, sign) => `{ts=${ts},v=${v},sign=${sign.replace(/^0+/, '')},key=value}`,
  (v, ts, sign) => ` { sign = ${sign.toUpperCase()} , v = ${v} , ts = ${ts} } `,
]
const forgedForms: readonly Write[] = [
  (v, ts, sign) => `{v=${v}, ts=${Number(ts) + 1}, sign=${sign}}`,
  (v, ts, sign) => `{v=2${v}, ts=${ts}, sign=${sign}}`,
  (v, ts, sign) => `{v=${v}, ts=${ts}, sign=${sign.slice(0, -1)}}`,
  (v, ts, sign) => `{v=${v}, ts=${ts}, sign=${sign}${sign}}`,
  (v, ts, sign) => `{v=${v}, ts=${ts}, ts=${ts}, sign=${sign}}`,
  (v, ts, sign) => `{v=${v}, ts=0${ts}, sign=${sign}}`,
  (v, ts) => `{v=${v}, ts=${ts}, sign=}`,
  (v, ts) => `{v=${v}, ts=${ts}, sign=0}`,
  (v, _ts, sign) => `{v=${v}, ts=999999999999999, sign=${sign}}`,
  (v, _ts, sign) => `{v=${v}, ts=1e3, sign=${sign}}`,
  (_v, _ts, sign) => `{v=__proto__, ts=-1, sign=${sign}}`,
  (_v, _ts, sign) => sign,
]
const headerCharacters = Array.from('{}=,; vtsign0123456789abcf\u00e9\u00ff')
const someHeader: Arbitrary<Write> = string({
  unit: constantFrom(...headerCharacters),
  maxLength: 80,
}).map((header) => () => header)
/** A genuine header of which one character is another. */
const someTypingError: Arbitrary<Write> = tuple(nat(120), constantFrom(...headerCharacters)).map(
  ([where, character]) =>
    (v, ts, sign) => {
      const header = `{v=${v}, ts=${ts}, sign=${sign}}`
      const at = where % header.length
      return header.slice(0, at) + character + header.slice(at + 1)
    },
)

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

const someSigning: Arbitrary<Signing> = record({
  secret: oneof(
    { weight: 6, arbitrary: constant<string>(canaries.secret) },
    { weight: 2, arbitrary: constant<string>(canaries.previous) },
    { weight: 1, arbitrary: constant('the-secret-of-a-stranger-who-knows-the-recipe') },
  ),
  ageMs: oneof(
    { weight: 4, arbitrary: integer({ min: 2 * minuteMs, max: dayMs - 10 * minuteMs }) },
    { weight: 1, arbitrary: constantFrom(2 * dayMs, -10 * minuteMs, -1e12, 1e12) },
  ),
  form: oneof(
    { weight: 4, arbitrary: constant('as it is' as const) },
    { weight: 1, arbitrary: constant('compact' as const) },
  ),
  write: oneof(
    { weight: 8, arbitrary: constantFrom(...genuineForms) },
    { weight: 2, arbitrary: constantFrom(...forgedForms) },
    { weight: 1, arbitrary: someTypingError },
    { weight: 1, arbitrary: someHeader },
    { weight: 1, arbitrary: constant(null) },
  ),
})

const someContentType = oneof(
  {
    weight: 8,
    arbitrary: constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON;charset=koi8-r',
    ),
  },
  {
    weight: 1,
    arbitrary: constantFrom(
      null,
      '',
      'text/plain',
      'application/jsonp',
      'multipart/form-data',
      ';',
    ),
  },
)

export const someDraft: Arbitrary<Draft> = record({
  contentType: someContentType,
  body: someBody,
  signing: someSigning,
})

/** The delivery as it would have been sent, by the clock of whoever gets it. */
export function deliver({ contentType, body, signing }: Draft, now: number): Delivery {
  const ts = String(now - signing.ageMs)
  const signed = signing.form === 'as it is' ? body : compact(body)
  const digest = createHmac('sha256', signing.secret)
    .update(`${ts}.1.`)
    .update(signed)
    .digest('hex')
  return { contentType, body, signature: signing.write?.('1', ts, digest) ?? null }
}

function compact(body: Uint8Array): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(Buffer.from(body).toString())))
  } catch {
    return body
  }
}
