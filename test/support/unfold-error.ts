/** All that an error could tell somebody: message, stack and fields, and those of its causes. */
export function unfoldError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { message, stack, cause } = error
  return { message, stack, fields: Object.entries(error), cause: unfoldError(cause) }
}
