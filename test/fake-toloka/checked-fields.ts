import { Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import { isObject } from './subscriptions.ts'

type Kind = 'string' | 'number' | 'boolean' | 'object'

const expected = {
  string: { code: 'STRING_EXPECTED', message: 'String expected' },
  number: { code: 'FLOAT_EXPECTED', message: 'Number expected' },
  boolean: { code: 'BOOLEAN_EXPECTED', message: 'Boolean expected' },
  object: { code: 'OBJECT_EXPECTED', message: 'Object expected' },
}

/** The body if it is an object that has these fields; otherwise Toloka's 400 that blames each field. */
export function checkFields(
  body: Json,
  required: Readonly<Record<string, Kind>>,
): Readonly<Record<string, unknown>> {
  const fields = isObject(body) ? body : {}
  const wrong: Record<string, Json> = {}
  for (const [name, kind] of Object.entries(required)) {
    const value = fields[name]
    if (value === undefined || value === null) {
      wrong[name] = { code: 'VALUE_REQUIRED', message: 'Value must be present' }
    } else if (kind === 'object' ? !isObject(value) : typeof value !== kind) {
      wrong[name] = expected[kind]
    }
  }
  if (Object.keys(wrong).length === 0) return fields
  throw new Refusal(400, 'VALIDATION_ERROR', 'Validation failed', wrong)
}
