import type { Look } from '../domain/decision.ts'
import { eligibility } from '../domain/eligibility.ts'
import { appealWindowStart } from '../domain/waits.ts'
import type { Instant } from '../domain/instant.ts'
import { policyFor, type OperatorWords } from '../domain/override.ts'
import type { PoolPolicy } from '../domain/policy.ts'
import type { AssignmentFact, Assignments, Pool } from '../domain/pool.ts'
import type { Dependencies } from './dependencies.ts'
import type { Answer, Toloka } from './ports.ts'

/**
 * Reads of a pool what the rule asks for, in the order in which it asks, and nothing else.
 *
 * @param words what operators said about the pool
 * @throws TolokaError
 */
export async function readLook(
  { toloka, clock, settings }: Pick<Dependencies, 'toloka' | 'clock' | 'settings'>,
  words: OperatorWords,
  poolId: string,
): Promise<Look> {
  const answer = await toloka.readPool(poolId)
  const pool = answer.value
  const policy = policyFor(settings.policy, words, pool)
  return lookAt(toloka, policy, pool, earlier(clock.now(), answer))
}

/**
 * Reads of a pool that was just read what the rule asks for beyond it.
 *
 * @param readAt the earlier of our clock and Toloka's when the pool was read
 * @throws TolokaError
 */
export async function lookAt(
  toloka: Toloka,
  policy: PoolPolicy,
  pool: Pool,
  readAt: Instant,
): Promise<Look> {
  let now = readAt
  let assignments: Assignments = {}
  for (;;) {
    const verdict = eligibility(pool, assignments, policy, now)
    if (verdict.action !== 'read') return { pool, assignments, verdict, policy, now }
    const since = appealWindowStart(policy, now)
    const read = await readFact(toloka, verdict.fact, pool.id, since)
    assignments = { ...assignments, ...read.value }
    now = earlier(now, read)
  }
}

async function readFact(
  toloka: Toloka,
  fact: AssignmentFact,
  poolId: string,
  since: Instant,
): Promise<Answer<Assignments>> {
  if (fact === 'pending-work') {
    const { value, serverTime } = await toloka.findPendingWork(poolId)
    return { value: { pendingWork: value }, serverTime }
  }
  const { value, serverTime } = await toloka.findRejection(poolId, since)
  return { value: { rejections: { since, found: value } }, serverTime }
}

/**
 * The earlier of our clock and Toloka's: whichever is wrong, early is never. Within a look the time
 * only ever goes back, so that an answer is never judged by a later time than its question.
 */
function earlier(now: Instant, { serverTime }: Answer<unknown>): Instant {
  return serverTime === null ? now : Math.min(now, serverTime)
}
