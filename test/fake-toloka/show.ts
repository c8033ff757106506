import { noteRead } from './assignment-list.ts'
import { cutDate } from './dates.ts'
import { accessiblePool, closeReasonOf, ownPools, poolIdsOrder, shownStatus } from './pools.ts'
import { compareText } from './query.ts'
import type { Assignment, Pool, PoolStatus, World } from './world.ts'

/** A pool as the API shows it: instants are cut as its dates are. */
export interface ShownPool {
  readonly pool: Readonly<Pool>
  readonly status: PoolStatus | 'LOCKED'
  readonly lastCloseReason: string | null
  readonly lastStartedAt: number | null
  readonly lastStoppedAt: number | null
}

/** An assignment as the API shows it, as far as the archiver reads it. */
export interface ShownAssignment {
  readonly id: string
  readonly poolId: string
  readonly status: string
  readonly rejectedAt: number | null
}

/** What the Date header says, ms since the epoch; null if there is none. */
export function shownTime({ at, personality }: World): number | null {
  const { dateHeader, dateHeaderSkewMs } = personality
  return dateHeader === 'present' ? Math.floor((at + dateHeaderSkewMs) / 1_000) * 1_000 : null
}

/** As `GET /pools/{id}` answers. */
export function showPool(world: World, id: string): ShownPool {
  const pool = accessiblePool(world, id)
  world.requests.count(world.at, 'GET /pools/{id}', id)
  pool.readTick = world.tick
  pool.readAt.pool = world.at
  return shown(world, pool)
}

/** As `GET /pools?status=…&sort=id&id_gt=…` answers, on one page. */
export function showPools(
  world: World,
  status: PoolStatus,
  after: string | null,
): readonly ShownPool[] {
  world.requests.count(world.at, 'GET /pools', null)
  const compare = poolIdsOrder(world)
  return ownPools(world)
    .filter((pool) => shownStatus(world, pool) === status)
    .filter(({ id }) => after === null || compare(id, after) > 0)
    .toArray()
    .toSorted((one, other) => compare(one.id, other.id))
    .map((pool) => shown(world, pool))
}

/** As `GET /assignments?pool_id=…&status=ACTIVE,SUBMITTED&limit=1` answers. */
export function showPendingWork(world: World, poolId: string): ShownAssignment | null {
  const pool = askAboutAssignments(world, poolId)
  noteRead(world, pool, { pending: true, rejections: false })
  const found = pool.assignments.filter(
    ({ status }) => status === 'ACTIVE' || status === 'SUBMITTED',
  )
  return firstOf(world, found, byId)
}

/** As `GET /assignments?pool_id=…&rejected_gte=…&sort=-rejected&limit=1` answers. */
export function showRejection(world: World, poolId: string, since: number): ShownAssignment | null {
  const pool = askAboutAssignments(world, poolId)
  noteRead(world, pool, { pending: false, rejections: true })
  const found = pool.assignments.filter(({ rejectedAt }) => (rejectedAt ?? -Infinity) >= since)
  const order = { honoured: -1, ignored: 0, ascending: 1 }[world.personality.rejectedSort]
  const byRejection: Order = (one, other) => (one.rejectedAt ?? 0) - (other.rejectedAt ?? 0)
  return firstOf(world, found, (one, other) => order * byRejection(one, other) || byId(one, other))
}

type Order = (one: Assignment, other: Assignment) => number

const byId: Order = (one, other) => compareText(one.id, other.id)

function askAboutAssignments(world: World, poolId: string): Pool {
  const pool = accessiblePool(world, poolId)
  world.requests.count(world.at, 'GET /assignments', poolId)
  return pool
}

function shown(world: World, pool: Pool): ShownPool {
  const { personality } = world
  const cut = (at: number | null): number | null => (at === null ? null : cutDate(at, personality))
  return {
    pool,
    status: shownStatus(world, pool),
    lastCloseReason: closeReasonOf(world, pool),
    lastStartedAt: cut(pool.lastStartedAt),
    lastStoppedAt: cut(pool.lastStoppedAt),
  }
}

function firstOf(
  { personality }: World,
  found: readonly Assignment[],
  order: Order,
): ShownAssignment | null {
  const [first] = found.toSorted(order)
  if (first === undefined) return null
  const { id, poolId, status, rejectedAt } = first
  return {
    id,
    poolId,
    status,
    rejectedAt: rejectedAt === null ? null : cutDate(rejectedAt, personality),
  }
}
