/** A JSON value, as far as the fake cares. */
export type Json = unknown

/** Why a request is not answered with success: becomes Toloka's error envelope. */
export class Refusal extends Error {
  readonly status: number
  /** One of Toloka's published codes. */
  readonly code: string
  readonly payload: Json
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    payload?: Json,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.payload = payload
    this.headers = headers
  }
}

/** A 400 that blames one field, in the shape that Toloka documents. */
export function invalid(field: string, code: string, message: string): Refusal {
  return new Refusal(400, 'VALIDATION_ERROR', 'Validation failed', { [field]: { code, message } })
}

/** A 404 for an entity. */
export function doesNotExist(what: string): Refusal {
  return new Refusal(404, 'DOES_NOT_EXIST', `${what} does not exist`)
}
