import * as z from 'zod/mini'
import type { AccountState } from './account-state.ts'
import { answeredError } from './stored-record.ts'

const instant = z.int()

const accountState = z.object({
  version: z.int(),
  owner: z.nullable(z.object({ origin: z.string(), requesterId: z.string() })),
  paused: z.nullable(z.object({ by: z.string(), since: instant })),
  denied: z.nullable(z.object({ since: instant, nextProbeAt: instant, error: answeredError })),
  day: z.object({ date: z.string(), requests: z.int(), deferred: z.int() }),
  sweep: z.object({
    lease: z.nullable(z.object({ owner: z.string(), until: instant })),
    cursor: z.nullable(z.string()),
    finishedAt: z.nullable(instant),
  }),
  // What older archivers stored has none.
  told: z.prefault(
    z.record(z.string(), z.object({ on: z.string(), until: z.nullable(instant) })),
    {},
  ),
})

/** The stored state of the account makes no sense here. It was not changed. */
export class UnreadableAccountError extends Error {
  override readonly name = 'UnreadableAccountError'

  constructor(place: string, options: ErrorOptions) {
    super(
      `The state of the account in ${place} cannot be read. It was left as it is. ` +
        'Was it written by a newer archiver? Then start that one again; else restore a backup.',
      options,
    )
  }
}

/**
 * The state of the account out of the text in which it is stored.
 *
 * @param place where it is stored, for people
 * @throws UnreadableAccountError: to begin afresh would forget a pause, and whose pools these are.
 */
export function parseAccount(place: string, body: string): AccountState {
  try {
    return z.parse(accountState, JSON.parse(body))
  } catch (error) {
    throw new UnreadableAccountError(place, { cause: error })
  }
}
