import { formatDate } from './dates.ts'
import { liveArchiveOf } from './operations.ts'
import { compareNumeric, compareText, parseListQuery, selectPage } from './query.ts'
import type { ListAnswer, ListRules } from './query.ts'
import { doesNotExist, Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import { announce } from './webhooks.ts'
import type { CloseReason, Pool, PoolSettings, PoolStatus, World } from './world.ts'

const reopensAfterMs = 15 * 60_000

/** What a new pool can be given besides its settings. Instants are ms since the epoch. */
export interface PoolHistory {
  readonly id?: string
  readonly createdAt?: number
  readonly status?: PoolStatus
  readonly lastStartedAt?: number
  readonly lastStoppedAt?: number
  readonly lastCloseReason?: CloseReason
  readonly willExpireAt?: number
  /** Belongs to somebody else: no access. */
  readonly ofAnotherAccount?: boolean
  /** Holds no tasks, so it cannot be opened. */
  readonly isEmpty?: boolean
  /** Quality control accepts or rejects everything by itself, as in an exam. */
  readonly isExam?: boolean
  /** Answers nobody reviewed in time are rejected instead of accepted. */
  readonly rejectsUnreviewed?: boolean
}

const examQualityControl = {
  configs: [
    {
      collector_config: { type: 'GOLDEN_SET', parameters: { history_size: 10 } },
      rules: [
        {
          conditions: [{ key: 'correct_answers_rate', operator: 'LT', value: 60 }],
          action: { type: 'REJECT_ALL_ASSIGNMENTS', parameters: { public_comment: 'Below 60 %' } },
        },
        {
          conditions: [{ key: 'correct_answers_rate', operator: 'GTE', value: 60 }],
          action: { type: 'APPROVE_ALL_ASSIGNMENTS', parameters: {} },
        },
      ],
    },
  ],
}

export function createPool(
  world: World,
  settings: Partial<PoolSettings>,
  history: PoolHistory,
): Pool {
  const id = history.id ?? String(36_000_000 + 17 * world.nextNumber())
  if (!/^\d+$/.test(id) || world.pools.has(id)) throw new Error(`Not a new pool id: ${id}`)
  const pool: Pool = {
    id,
    settings: {
      project_id: '1500',
      private_name: `Pool ${id}`,
      type: 'REGULAR',
      auto_accept_solutions: false,
      auto_accept_period_day: 21,
      assignment_max_duration_seconds: 600,
      priority: 50,
      reward_per_assignment: 0.05,
      may_contain_adult_content: false,
      ...(history.isExam === true ? { quality_control: examQualityControl } : {}),
      ...settings,
    },
    createdAt: history.createdAt ?? world.at,
    ofAnotherAccount: history.ofAnotherAccount ?? false,
    isEmpty: history.isEmpty ?? false,
    rejectsUnreviewed: history.rejectsUnreviewed ?? false,
    status: history.status ?? 'CLOSED',
    isLocked: false,
    lastStartedAt: history.lastStartedAt ?? null,
    lastStoppedAt: history.lastStoppedAt ?? null,
    lastCloseReason: history.lastCloseReason ?? null,
    willExpireAt: history.willExpireAt ?? null,
    archivedAt: history.status === 'ARCHIVED' ? world.at : null,
    statusTick: world.nextTick(),
    readTick: 0,
    pendingReadTick: 0,
    rejectionsReadTick: 0,
    readAt: { pool: -Infinity, pending: -Infinity, rejections: -Infinity },
    assignments: [],
    blocks: [],
    nextAssignment: 1,
    operations: [],
    subscriptions: new Set(),
    archiveScripts: [],
    archiveRequests: [],
  }
  world.pools.set(id, pool)
  return pool
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
  return world.pools
    .values()
    .filter((pool) => !pool.ofAnotherAccount && pool.settings.type !== 'TRAINING')
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
  const page = selectPage(ownPools(world), rules.idOf, asked, world.personality)
  return { ...page, items: page.items.map((pool) => poolView(world, pool)) }
}
