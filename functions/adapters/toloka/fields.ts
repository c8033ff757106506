import * as z from 'zod/mini'
import { isPoolId } from '../../domain/pool.ts'
import { parseTolokaDate } from './toloka-date.ts'

/** Ids travel as strings; a number is taken as well, and no id is empty. */
export const idField = z.pipe(
  z.union([z.string().check(z.minLength(1)), z.int()], { error: 'expected an id' }),
  z.transform(String),
)

export const poolIdField = idField.check(
  z.refine((id) => isPoolId(id), { error: 'expected the digits of a pool id' }),
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
