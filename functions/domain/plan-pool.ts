import { decisionByVerdict, type Look } from './decision.ts'
import { roundUpToMinute, type Instant } from './instant.ts'
import type { Policy } from './policy.ts'
import type { Pool } from './pool.ts'
import type { ReasonCode } from './reasons.ts'
import { newRecord, type ArchivalRecord } from './record.ts'
import type { State } from './states.ts'

/** What is to become of a pool, in the order in which a plan shows it. */
export const planOutcomes = [
  /** Archived at `at`, or later: that is the earliest time by what is known now. */
  'archive',
  /** Nobody knows how long; `at` is the next look. */
  'wait',
  /** The archive request was made; `at` is the next look. */
  'under-way',
  /** A person is needed; `at` is the next look. */
  'attention',
  /** Left alone, until `at` if that is known. */
  'keep',
  /** Nothing can be said of it. */
  'unreadable',
] as const

export type PlanOutcome = (typeof planOutcomes)[number]

/** One line of a plan. */
export interface PlannedPool {
  /** Null if not even that can be read. */
  readonly poolId: string | null
  readonly projectId: string | null
  readonly name: string | null
  readonly outcome: PlanOutcome
  /** Null for what is unreadable; `detail` says why then. */
  readonly reason: ReasonCode | null
  readonly detail: string | null
  /** By our clock. */
  readonly at: Instant | null
}

/** States about which the record says it all. */
const outcomeByState: Partial<Readonly<Record<State, PlanOutcome>>> = {
  submitting: 'under-way',
  archiving: 'under-way',
  // It was archived between the list and this look.
  archived: 'under-way',
  attention: 'attention',
}

/** What the record says without the rule; null if the rule has to be asked. */
export function planByRecord(pool: Pool, record: ArchivalRecord | null): PlannedPool | null {
  const outcome = record && outcomeByState[record.state]
  if (!outcome) return null
  const { reason, detail, dueAt } = record
  return { ...nameOf(pool), outcome, reason, detail, at: dueAt }
}

/** What the rule says, and what the record adds to it. */
export function planByRule(
  record: ArchivalRecord | null,
  look: Look,
  policy: Policy,
  now: Instant,
): PlannedPool {
  const { verdict, pool } = look
  const { reason } = verdict
  const base = { ...nameOf(pool), detail: null }
  switch (verdict.action) {
    case 'finish':
      return { ...base, outcome: 'under-way', reason, at: null }
    case 'watch':
      return { ...base, outcome: 'keep', reason, at: null }
    case 'hold':
      return { ...base, outcome: 'keep', reason, at: verdict.until }
    case 'archive':
      return { ...base, outcome: 'archive', ...latest(record, { reason, at: now }, now) }
    case 'wait': {
      const decision = decisionByVerdict(record ?? newRecord(pool.id, now), look, policy, now)
      const byRule = { reason, at: decision?.dueAt ?? now }
      if (verdict.backoff === null) {
        return { ...base, outcome: 'archive', ...latest(record, byRule, now) }
      }
      const isKnown = record?.reason === reason && record.dueAt !== null && record.dueAt > now
      return { ...base, outcome: 'wait', reason, at: isKnown ? record.dueAt : byRule.at }
    }
  }
}

interface Time {
  readonly reason: ReasonCode
  readonly at: Instant
}

/** A record that waits for its turn, or for trouble to pass, is not looked at before that. */
function latest(record: ArchivalRecord | null, byRule: Time, now: Instant): Time {
  const times = [byRule]
  if (record?.state === 'waiting' && record.fingerprint === null && record.dueAt !== null) {
    times.push({ reason: record.reason, at: record.dueAt })
  }
  if (record?.cooldown && record.cooldown.until > now) {
    times.push({ reason: record.cooldown.reason, at: roundUpToMinute(record.cooldown.until) })
  }
  return times.reduce((last, time) => (time.at > last.at ? time : last))
}

function nameOf(pool: Pool): Pick<PlannedPool, 'poolId' | 'projectId' | 'name'> {
  return { poolId: pool.id, projectId: pool.projectId, name: pool.privateName }
}
