import { toIso, type Instant } from '../domain/instant.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import { appealWindowMs } from '../domain/waits.ts'
import { minute } from './moment.ts'

/** What of a pool's life can be drawn; null: it did not happen, or nobody knows. */
export interface LifeLine {
  readonly closedAt: Instant | null
  readonly appeals: { readonly from: Instant; readonly until: Instant } | null
  readonly archivedAt: Instant | null
  /** The next look; for a pool that waits, this is when it may be archived. */
  readonly nextAt: Instant | null
  readonly isPlanned: boolean
}

export function lifeLineOf({ state, pool, dueAt, history, updatedAt }: ArchivalRecord): LifeLine {
  const rejectedAt = pool?.newestRejectionAt ?? null
  const archived = history.find((entry) => entry.state === 'archived')
  return {
    closedAt: pool?.status === 'OPEN' ? null : (pool?.lastStoppedAt ?? null),
    appeals: rejectedAt === null ? null : { from: rejectedAt, until: rejectedAt + appealWindowMs },
    archivedAt: state === 'archived' ? (archived?.at ?? updatedAt) : null,
    nextAt: dueAt,
    isPlanned: state === 'waiting',
  }
}

/** Every instant of it, for an axis. */
export function instantsOf({ closedAt, appeals, archivedAt, nextAt }: LifeLine): Instant[] {
  const all = [closedAt, appeals?.from ?? null, appeals?.until ?? null, archivedAt, nextAt]
  return all.filter((instant) => instant !== null)
}

/** The same in words, for whoever does not see it. */
export function describeLifeLine(line: LifeLine): string {
  const { closedAt, appeals, archivedAt, nextAt, isPlanned } = line
  const parts = [
    closedAt === null ? 'Not closed' : `Closed ${write(closedAt)}`,
    appeals && `appeals until ${write(appeals.until)}`,
    archivedAt !== null && `archived ${write(archivedAt)}`,
    nextAt !== null && `${isPlanned ? 'planned for' : 'next look'} ${write(nextAt)}`,
  ]
  return `${parts.filter(Boolean).join(', ')} (UTC).`
}

function write(instant: Instant): string {
  return minute(toIso(instant))
}
