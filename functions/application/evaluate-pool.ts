import {
  decisionByVerdict,
  decisionInCooldown,
  parkedLookMs,
  seenPool,
  type Look,
} from '../domain/decision.ts'
import { fingerprint } from '../domain/fingerprint.ts'
import { describeGrounds } from '../domain/grounds.ts'
import { minuteMs, type Instant } from '../domain/instant.ts'
import type { ArchivalRecord, Decision } from '../domain/record.ts'
import type { AccountState } from './account-state.ts'
import { deferToNextDay, isLimitReached, reserveArchiveRequest } from './account.ts'
import type { Dependencies } from './dependencies.ts'
import { readLook } from './read-look.ts'

/**
 * Longer than the time-outs of a function and of the archive request together: while it runs,
 * whoever made the request may still be waiting for the answer.
 */
const leaseMs = 5 * minuteMs

/**
 * Looks at a pool and decides by the rule, then by what else may keep us from archiving it.
 *
 * @param account as it was read just now: over today's limit, Toloka is not asked at all
 */
export async function evaluatePool(
  dependencies: Dependencies,
  record: ArchivalRecord,
  account: AccountState,
): Promise<Decision> {
  const { clock, settings } = dependencies
  if (!settings.observing && isLimitReached(account, dependencies)) {
    return putOff(dependencies, record)
  }

  const { policy } = settings
  const words = { hold: record.hold, override: record.override }
  const look = await readLook(dependencies, words, record.poolId)
  const now = clock.now()
  const decision = decisionByVerdict(record, look, policy, now)
  if (decision) return decision

  const pool = seenPool(look, now)
  if (record.cooldown && now < record.cooldown.until) {
    return { ...decisionInCooldown(record, record.cooldown, policy, now), pool }
  }
  if (settings.observing) return { ...parked(dependencies, look, 'observe-mode', now), pool }
  switch (await reserveArchiveRequest(dependencies)) {
    case 'paused':
      return { ...parked(dependencies, look, 'paused', now), pool }
    case 'daily-limit':
      return { ...(await putOff(dependencies, record)), pool }
    case 'reserved':
      return { ...submission(record, look, now), pool }
  }
}

/** Whoever has a place on a later day already keeps it. */
async function putOff(dependencies: Dependencies, record: ArchivalRecord): Promise<Decision> {
  const reason = 'daily-limit'
  const placeAt = record.reason === reason ? (record.dueAt ?? 0) : 0
  const hasPlace = placeAt > dependencies.clock.now()
  const dueAt = hasPlace ? placeAt : await deferToNextDay(dependencies)
  return { transition: 'plan', reason, dueAt, looks: 1 }
}

/** The pool would be archived but for a switch; the sweep notices when that is turned. */
function parked(
  { settings }: Dependencies,
  look: Look,
  reason: 'observe-mode' | 'paused',
  now: Instant,
): Decision {
  const switches = { observing: settings.observing, paused: reason === 'paused' }
  return {
    transition: 'plan',
    reason,
    dueAt: now + parkedLookMs,
    looks: 1,
    fingerprint: fingerprint(look.pool, settings.policy, switches),
  }
}

function submission(record: ArchivalRecord, look: Look, now: Instant): Decision {
  const leaseUntil = now + leaseMs
  return {
    transition: 'submit',
    reason: 'eligible',
    detail: describeGrounds(look),
    dueAt: leaseUntil,
    attempt: { number: record.attempts + 1, startedAt: look.now, leaseUntil },
    cooldown: null,
    lastError: null,
  }
}
