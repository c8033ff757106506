import { hourMs, type Instant } from './instant.ts'
import { graceMs, type Hold, type Policy, type PoolPolicy } from './policy.ts'
import type { Pool } from './pool.ts'
import type { ReasonCode } from './reasons.ts'

/** What keeps abandoned pools out of the archive for ever, and may be passed over by name. */
export const despites = ['close-reason-excluded', 'never-started'] as const
export type Despite = (typeof despites)[number]

/**
 * An operator's word that a pool is to be archived as soon as Toloka's own rules allow it: without
 * our grace, with a margin of an hour at the most, and in spite of one more line of the rule if that is named. It counts
 * for the pool as it was then; whoever starts or closes it again has the whole rule back.
 */
export interface Override {
  readonly by: string
  readonly since: Instant
  readonly despite: Despite | null
  readonly lastStartedAt: Instant | null
  readonly lastStoppedAt: Instant | null
}

/** What operators said about one pool. */
export interface OperatorWords {
  readonly hold: Hold | null
  readonly override: Override | null
}

/** Lines that ask when and why a pool was closed, of which a draft has no answer. */
const linesForStartedPools: readonly ReasonCode[] = [
  'never-started',
  'close-time-unknown',
  'close-reason-excluded',
  'grace-period',
  'exam-window',
]

/**
 * What is left of a longer margin. It covers errors of the clocks, ours and Toloka's, and the
 * rounding of dates: whoever is in a hurry must not be early because of them.
 */
const shortestMarginMs = hourMs

/** The policy by which the rule judges this pool. */
export function policyFor(
  policy: Policy,
  { hold, override }: OperatorWords,
  pool: Pool,
): PoolPolicy {
  if (override === null || !isAboutThis(override, pool)) return { ...policy, hold, passedOver: [] }
  const isDraft = override.despite === 'never-started' && pool.lastStartedAt === null
  return {
    ...policy,
    safetyMarginMs: Math.min(policy.safetyMarginMs, shortestMarginMs),
    graceMsByCloseReason: withoutGrace(policy, override, pool),
    hold,
    passedOver: isDraft ? linesForStartedPools : [],
  }
}

function isAboutThis(override: Override, { lastStartedAt, lastStoppedAt }: Pool): boolean {
  return override.lastStartedAt === lastStartedAt && override.lastStoppedAt === lastStoppedAt
}

function withoutGrace(
  policy: Policy,
  { despite }: Override,
  { lastCloseReason }: Pool,
): Policy['graceMsByCloseReason'] {
  const isIncluded = graceMs(policy, lastCloseReason) !== null
  if (lastCloseReason === null || !(isIncluded || despite === 'close-reason-excluded')) {
    return policy.graceMsByCloseReason
  }
  return { ...policy.graceMsByCloseReason, [lastCloseReason]: 0 }
}
