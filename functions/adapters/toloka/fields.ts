import * as z from 'zod/mini'
import { isPoolId } from '../../domain/pool.ts'
import { cutTo } from '../../domain/shorten.ts'
import { parseTolokaDate } from './toloka-date.ts'

const notAnId = { error: 'expected an id' }

/**
 * Ids travel as strings; a number is taken as well. They are kept, go into paths, and into messages
 * that reach a terminal: so an id is one word of plain characters, no longer than any of Toloka's.
 */
const idPattern = /^[\x21-\x7e]{1,100}$/
/** URLs resolve these even encoded. */
const dots = /^\.{1,2}$/

export const idField = z
  .pipe(z.union([z.string(), z.int()], notAnId), z.transform(String))
  .check(z.refine((id) => idPattern.test(id) && !dots.test(id), notAnId))

export const poolIdField = idField.check(
  z.refine((id) => isPoolId(id), { error: 'expected the digits of a pool id' }),
)

/** In bytes. The longest of Toloka's words that is known has 26 characters. */
const longestWord = 60

/** One of Toloka's words, or one that it adds later: kept, so it must not be of any length. */
export const wordField = z.pipe(
  z.string(),
  z.transform((word) => cutTo(longestWord, word)),
)

/** Toloka may leave out or null whatever is not set. */
export const optionalText = z.nullish(z.string())

export const optionalDate = z.nullish(
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const instant = parseTolokaDate(text)
      if (instant !== null) return instant
      const message = 'expected a date in UTC such as 2026-01-31T12:00:00.123'
      context.issues.push({ code: 'custom', message, input: text })
      return z.NEVER
    }),
  ),
)
