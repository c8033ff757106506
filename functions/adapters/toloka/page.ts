import * as z from 'zod/mini'
import type { TolokaAnswer } from './answer.ts'
import { idField } from './fields.ts'
import { parseAnswer, parsePart } from './parse-answer.ts'
import { toUnreadable } from './refusal.ts'
import type { Send, TolokaRequest } from './request.ts'

const pageSchema = z.object({ items: z.array(z.unknown()), has_more: z.boolean() })
const itemWithId = z.object({ id: idField })

/** Part of a list; the items are not parsed yet. */
export interface Page {
  readonly answer: TolokaAnswer
  readonly items: readonly unknown[]
  readonly hasMore: boolean
}

/** Reads a list as far as one answer tells it. */
export async function readItems(
  send: Send,
  path: string,
  query: NonNullable<TolokaRequest['query']>,
): Promise<Page> {
  const answer = await send({ method: 'GET', path, query })
  const { items, has_more: hasMore } = parseAnswer(answer, pageSchema)
  if (hasMore && items.length === 0) {
    throw toUnreadable(answer, 'field items: empty, although field has_more says otherwise')
  }
  return { answer, items, hasMore }
}

/**
 * Reads up to 300 items by their ids. `next` is the id of the last one as returned, never a
 * computed maximum: whether Toloka orders ids as numbers or as texts is not known.
 */
export async function readPage(
  send: Send,
  path: string,
  query: NonNullable<TolokaRequest['query']>,
  after: string | null,
): Promise<Page & { readonly next: string | null }> {
  const cursor = after === null ? {} : { id_gt: after }
  const page = await readItems(send, path, { ...query, sort: 'id', limit: 300, ...cursor })
  if (!page.hasMore) return { ...page, next: null }
  const { answer, items } = page
  const { id } = parsePart(answer, items.at(-1), itemWithId, ['items', items.length - 1])
  if (id === after) throw toUnreadable(answer, `the list does not go on after id ${id}`)
  return { ...page, next: id }
}

/** Of 300 items: far more than there are of what is read to its end. */
const mostPages = 1_000

/** Reads a list to its end, page by page. */
export async function* readPages(
  send: Send,
  path: string,
  query: NonNullable<TolokaRequest['query']>,
): AsyncGenerator<Page, void, undefined> {
  const seen = new Set<string>()
  let after: string | null = null
  do {
    const page: Page & { readonly next: string | null } = await readPage(send, path, query, after)
    after = page.next
    if (after !== null && seen.has(after)) {
      throw toUnreadable(page.answer, `the list comes back to id ${after}`)
    }
    if (after !== null) seen.add(after)
    if (seen.size > mostPages) {
      throw toUnreadable(page.answer, `the list has more than ${mostPages} pages`)
    }
    yield page
  } while (after !== null)
}
