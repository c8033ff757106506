import * as z from 'zod/mini'

/** So many are tried with all other tests. */
export const usualCases = 20_000

const wholeNumber = z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number))

const variables = z.object({
  FUZZ_CASES: z.optional(wholeNumber),
  FUZZ_SEED: z.optional(wholeNumber),
  FUZZ_PATH: z.optional(z.string()),
})

export interface FuzzSettings {
  /** Of all targets together. */
  readonly cases: number
  readonly seed: number
  /** Leads to one case, as a failure names it; null for all cases. */
  readonly path: string | null
}

/** What `npm run fuzz` hands on to the tests. */
export function readFuzzSettings(): FuzzSettings {
  const { FUZZ_CASES, FUZZ_SEED, FUZZ_PATH } = variables.parse(process.env)
  return { cases: FUZZ_CASES ?? usualCases, seed: FUZZ_SEED ?? 1, path: FUZZ_PATH ?? null }
}
