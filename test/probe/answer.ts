/** An answer of Toloka, kept as it came. */
export interface Answer {
  readonly method: string
  /** Below `/api/v1`, with the query. */
  readonly target: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The parsed body; undefined if it is empty or no JSON. */
  readonly json: unknown
  /** Of Toloka's error envelope; null without one. */
  readonly code: string | null
  readonly requestId: string | null
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value if it is a JSON object, otherwise an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** A field of an object as text; null if it is not there, or something else. */
export function textOf(value: unknown, name: string): string | null {
  const field = fieldsOf(value)[name]
  return typeof field === 'string' ? field : null
}

/** The items of a list's answer. */
export function itemsOf(answer: Answer): readonly Fields[] {
  const { items } = fieldsOf(answer.json)
  return Array.isArray(items) ? items.map(fieldsOf) : []
}

export function isOk(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300
}

/** Whether the whole answer is worth keeping: a refusal, or how an operation goes. */
export function isTelling({ status, json }: Answer): boolean {
  return status >= 400 || textOf(json, 'type')?.endsWith('.ARCHIVE') === true
}

/** The answer in one line, for reports and errors. */
export function describeAnswer({ method, target, status, code, requestId }: Answer): string {
  const envelope = [code, requestId === null ? null : `(request ${requestId})`]
  return [`${method} ${target} → ${status}`, ...envelope.filter((part) => part !== null)].join(' ')
}
