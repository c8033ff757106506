import { formatDate } from './dates.ts'
import { makePool } from './make-pool.ts'
import type { PoolHistory } from './make-pool.ts'
import { liveArchiveOf } from './operations.ts'
import { compareNumeric, compareText, parseListQuery, selectPage } from './query.ts'
import type { ListAnswer, ListRules } from './query.ts'
import { doesNotExist, Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import { announce } from './webhooks.ts'
import type { CloseReason, Pool, PoolSettings, PoolStatus, World } from './world.ts'

const reopensAfterMs = 15 * 60_000

export function createPool(
  world: World,
  settings: Partial<PoolSettings>,
  history: PoolHistory,
): Pool {
  const id = history.id ?? String(36_000_000 + 17 * world.nextNumber())
  if (!/^\d+$/.test(id) || world.pools.has(id)) throw new Error(`Not a new pool id: ${id}`)
  const pool = makePool(id, settings, history, { at: world.at, tick: world.nextTick() })
  world.pools.add(pool)
  return pool
}

/** Pools that are all alike, and get lives of their own when somebody gets hold of them. */
export function createManyPools(
  world: World,
  firstId: string,
  count: number,
  settings: Partial<PoolSettings>,
  history: Omit<PoolHistory, 'id'>,
): void {
  const born = { at: world.at, tick: world.nextTick() }
  const make = (id: string): Pool => makePool(id, settings, history, born)
  world.pools.addBlock({ firstId, count, make })
}

/** The pool, whoever it belongs to. For arranging: an unknown id is a mistake of the test. */
export function knownPool(world: World, id: string): Pool {
  const pool = world.pools.get(id)
  if (pool === undefined) throw new Error(`There is no pool ${id}`)
  return pool
}

/** The pool as a request may use it. */
export function accessiblePool(world: World, id: string): Pool {
  const pool = world.pools.get(id)
  const { missingPool, foreignPool } = world.personality
  if (pool === undefined) throw denial(missingPool)
  if (pool.ofAnotherAccount) throw denial(foreignPool)
  return pool
}

function denial(status: 403 | 404): Refusal {
  return status === 404 ? doesNotExist('Pool') : new Refusal(403, 'ACCESS_DENIED', 'Access denied')
}

export function openPool(world: World, pool: Pool): void {
  if (pool.status === 'ARCHIVED') throw new Error(`Pool ${pool.id} is archived`)
  pool.status = 'OPEN'
  pool.lastStartedAt = world.at
  pool.statusTick = world.nextTick()
  const { willExpireAt } = pool
  if (willExpireAt === null) return
  const isLive = sameStatus(pool)
  world.agenda.add(
    Math.max(willExpireAt, world.at),
    () => closePool(world, pool, 'EXPIRED'),
    isLive,
  )
}

export function closePool(world: World, pool: Pool, reason: CloseReason): void {
  if (pool.status === 'ARCHIVED') throw new Error(`Pool ${pool.id} is archived`)
  pool.status = 'CLOSED'
  pool.lastStoppedAt = world.at
  pool.lastCloseReason = reason
  pool.statusTick = world.nextTick()
  if (reason === 'FOR_UPDATE') {
    world.agenda.add(world.at + reopensAfterMs, () => openPool(world, pool), sameStatus(pool))
    if (world.personality.closedForUpdateWebhook === 'not-sent') return
  }
  announce(world, pool, 'POOL_CLOSED', { close_reason: reason })
}

/** True as long as the pool was neither opened nor closed nor archived since now. */
function sameStatus(pool: Pool): () => boolean {
  const tick = pool.statusTick
  return () => pool.statusTick === tick
}

export function shownStatus(world: World, pool: Pool): PoolStatus | 'LOCKED' {
  if (pool.status === 'ARCHIVED') return 'ARCHIVED'
  const locksItself = world.personality.statusDuringArchive === 'LOCKED'
  if (pool.isLocked || (locksItself && liveArchiveOf(pool) !== undefined)) return 'LOCKED'
  return pool.status
}

export function closeReasonOf(world: World, pool: Pool): CloseReason | null {
  const draftReason = world.personality.draftCloseReason === 'MANUAL' ? 'MANUAL' : null
  return pool.lastCloseReason ?? draftReason
}

/** The pool as the API shows it. */
export function poolView(world: World, pool: Pool): Json {
  const { personality } = world
  const unset = personality.unsetDates === 'null' ? null : undefined
  const show = (at: number | null): string | null | undefined =>
    at === null ? unset : formatDate(at, personality)
  return {
    id: pool.id,
    owner: { id: world.requesterId, myself: true },
    ...pool.settings,
    status: shownStatus(world, pool),
    last_close_reason: closeReasonOf(world, pool) ?? undefined,
    created: formatDate(pool.createdAt, personality),
    last_started: show(pool.lastStartedAt),
    last_stopped: show(pool.lastStoppedAt),
    will_expire: show(pool.willExpireAt),
    auto_close_after_complete_delay_seconds: 0,
    defaults: { default_overlap_for_new_tasks: 3, default_overlap_for_new_task_suites: 3 },
  }
}

export function poolIdsOrder(world: World): (one: string, other: string) => number {
  return world.personality.poolIdOrder === 'numeric' ? compareNumeric : compareText
}

/** Ordinary pools of this account. Trainings have a list of their own, which nobody here needs. */
export function ownPools(world: World): IteratorObject<Pool> {
  return world.pools.values().filter(isOwnPool)
}

function isOwnPool({ ofAnotherAccount, settings }: Pool): boolean {
  return !ofAnotherAccount && settings.type !== 'TRAINING'
}

function listRules(world: World): ListRules<Pool> {
  const { poolStatusList } = world.personality
  return {
    equals: {
      status: (pool, wanted) => shownStatus(world, pool) === wanted,
      project_id: (pool, wanted) => pool.settings.project_id === wanted,
      owner_id: (_pool, wanted) => wanted === world.requesterId,
      owner_company_id: () => false,
    },
    allowed: { status: ['OPEN', 'CLOSED', 'ARCHIVED', 'LOCKED'] },
    lists: poolStatusList === 'accepted' ? ['status'] : [],
    idOf: (pool) => pool.id,
    compareIds: poolIdsOrder(world),
    dates: { created: (pool) => pool.createdAt, last_started: (pool) => pool.lastStartedAt },
    sorts: ['id', 'created', 'last_started'],
  }
}

export function listPools(world: World, query: URLSearchParams): ListAnswer<Json> {
  const rules = listRules(world)
  const asked = parseListQuery(query, rules, world.personality)
  const isById = asked.sort[0]?.field === 'id' && !asked.sort[0].descending
  const found = world.pools.search({
    fits: (pool) => isOwnPool(pool) && asked.matchesId(pool.id) && asked.matches(pool),
    from: isById ? (query.get('id_gt') ?? query.get('id_gte')) : null,
    limit: isById ? asked.limit + 1 : Infinity, // One more tells whether another page follows.
  })
  const page = selectPage(found, rules.idOf, asked, world.personality)
  return { ...page, items: page.items.map((pool) => poolView(world, pool)) }
}
