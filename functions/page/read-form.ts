import type { Context } from 'hono'

/** A form: names with their texts, white space at both ends taken off. Files are no texts. */
export type Form = Readonly<Record<string, string>>

/** What a form says; nothing if it is none. */
export async function readForm({ req }: Context): Promise<Form> {
  const body = await req.parseBody().catch(() => ({}))
  const entries = Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[name, value.trim()]] : [],
  )
  return Object.fromEntries(entries)
}
