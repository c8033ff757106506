import type { Plan } from '../application/plan-account.ts'
import { summarise } from '../application/plan-view.ts'
import type { PlanDifference } from '../domain/compare-plans.ts'
import { escapeInvisible } from '../domain/visible-text.ts'
import type { Instant } from '../domain/instant.ts'
import { planOutcomes, type PlannedPool, type PlanOutcome } from '../domain/plan-pool.ts'
import { table } from './table.ts'
import type { Colour, Paint } from './terminal.ts'
import { count, minute } from './words.ts'

const outcomeWords: Readonly<Record<PlanOutcome, readonly [Colour, string]>> = {
  archive: ['green', 'archive'],
  wait: ['dim', 'wait'],
  'under-way': ['dim', 'under way'],
  attention: ['red', 'needs a person'],
  keep: ['dim', 'keep'],
  unreadable: ['red', 'unreadable'],
}

/** Every pool on a line, the next to be archived first, and the sum below. */
export function describePlan(plan: Plan, pools: readonly PlannedPool[], paint: Paint): string {
  const parts = [
    pools.length === 0 ? 'No closed pools.' : planTable(pools, plan.madeAt, paint),
    [...switches(plan, paint), summaryLine(pools, plan.madeAt)].join('\n'),
  ]
  return parts.join('\n\n')
}

function planTable(pools: readonly PlannedPool[], madeAt: Instant, paint: Paint): string {
  const rows = pools.toSorted(byTime).map((pool) => {
    const { poolId, name, outcome, reason, detail } = pool
    const [colour, word] = outcomeWords[outcome]
    return [
      poolId ?? '–',
      escapeInvisible(name ?? ''),
      paint(colour, word),
      time(pool, madeAt),
      escapeInvisible([reason, detail].filter((text) => text !== null).join(': ')),
    ]
  })
  return table(['POOL', 'NAME', 'PLAN', 'WHEN (UTC)', 'WHY'], rows, paint)
}

/** An array keeps the order of what compares the same, which is Toloka's. */
function byTime(one: PlannedPool, other: PlannedPool): number {
  const byOutcome = planOutcomes.indexOf(one.outcome) - planOutcomes.indexOf(other.outcome)
  return byOutcome || (one.at ?? 0) - (other.at ?? 0)
}

function time({ outcome, at }: PlannedPool, madeAt: Instant): string {
  if (at === null) return '–'
  if (outcome === 'archive') return at <= madeAt ? 'now' : minute(at)
  return outcome === 'keep' ? `until ${minute(at)}` : `look ${minute(at)}`
}

/** What keeps the whole plan from being carried out. */
function switches({ observing, paused }: Plan, paint: Paint): readonly string[] {
  if (observing) {
    const text = 'The archiver only watches (ARCHIVE_MODE=observe): it will archive none of them.'
    return [paint('yellow', text)]
  }
  if (paused === null) return []
  const { by, since } = paused
  const who = `by ${escapeInvisible(by)} since ${minute(since)} UTC`
  return [paint('yellow', `Archiving is paused ${who}: nothing is archived until "resume".`)]
}

/** What there is little of is only named if there is any. */
export function summaryLine(pools: readonly PlannedPool[], madeAt: Instant): string {
  const { today, later, kept, underWay, attention, unreadable } = summarise(pools, madeAt)
  const rare = [
    [underWay, 'under way'],
    [attention, attention === 1 ? 'needs a person' : 'need a person'],
    [unreadable, 'unreadable'],
  ] as const
  const main = `${count(today, 'pool')} would be archived today, ${later} later, ${kept} kept`
  const others = rare.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]))
  return `${[main, ...others].join(', ')}.`
}

/** How the plan differs from an earlier one. */
export function describeDifferences(
  differences: readonly PlanDifference[],
  earlierAt: Instant,
  paint: Paint,
): string {
  const title = paint('bold', `Since the plan of ${minute(earlierAt)} UTC`)
  if (differences.length === 0) return `${title}\n\nNothing is different.`
  const rows = differences.map(({ kind, before, after }) => [
    kind,
    before?.poolId ?? after?.poolId ?? '–',
    escapeInvisible(after?.name ?? before?.name ?? ''),
    side(before),
    side(after),
  ])
  const grid = table(['', 'POOL', 'NAME', 'BEFORE', 'NOW'], rows, paint)
  return `${title}\n\n${grid}\n\n${count(differences.length, 'difference')}.`
}

function side(pool: PlannedPool | null): string {
  if (pool === null) return '–'
  const [, word] = outcomeWords[pool.outcome]
  const at = pool.at === null ? '' : ` ${minute(pool.at)}`
  return `${word}${at}${pool.reason === null ? '' : ` (${pool.reason})`}`
}
