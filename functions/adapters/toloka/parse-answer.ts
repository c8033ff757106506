import type * as z from 'zod/mini'
import type { TolokaAnswer } from './answer.ts'
import { toUnreadable } from './refusal.ts'

/**
 * What the body of an answer says.
 *
 * @throws TolokaError of the class `unreadable` that names the field.
 */
export function parseAnswer<Output>(answer: TolokaAnswer, schema: z.ZodMiniType<Output>): Output {
  let json: unknown
  try {
    json = JSON.parse(answer.body)
  } catch (error) {
    throw toUnreadable(answer, 'it is not JSON.', error)
  }
  return parsePart(answer, json, schema, [])
}

/** As `parseAnswer`, for the part of the body at `path`. */
export function parsePart<Output>(
  answer: TolokaAnswer,
  part: unknown,
  schema: z.ZodMiniType<Output>,
  path: readonly PropertyKey[],
): Output {
  const result = schema.safeParse(part)
  if (result.success) return result.data
  throw toUnreadable(answer, describeIssues(result.error, path), result.error)
}

/** The first thing that does not fit, as `field items.0.status: expected string`. No values. */
export function describeIssues(error: z.core.$ZodError, path: readonly PropertyKey[]): string {
  const [issue] = error.issues
  const field = [...path, ...(issue?.path ?? [])].map(String).join('.')
  const problem = issue?.code === 'invalid_type' ? `expected ${issue.expected}` : issue?.message
  return `${field === '' ? 'body' : `field ${field}`}: ${problem}`
}
