import { assignmentNumber, fromBlock } from './assignments.ts'
import { formatDate } from './dates.ts'
import { accessiblePool } from './pools.ts'
import { compareText, parseListQuery, selectPage } from './query.ts'
import type { ListAnswer, ListQuery, ListRules } from './query.ts'
import { invalid } from './refusal.ts'
import type { Json } from './refusal.ts'
import type { AcceptedBlock, Assignment, Pool, World } from './world.ts'

const tasksInSuite = 5

const rules: ListRules<Assignment> = {
  equals: {
    pool_id: (one, wanted) => one.poolId === wanted,
    task_suite_id: (one, wanted) => one.taskSuiteId === wanted,
    task_id: (one, wanted) => taskIds(one).includes(wanted),
    user_id: (one, wanted) => one.userId === wanted,
    status: (one, wanted) => one.status === wanted,
  },
  allowed: { status: ['ACTIVE', 'SUBMITTED', 'ACCEPTED', 'REJECTED', 'SKIPPED', 'EXPIRED'] },
  lists: ['status'],
  idOf: (one) => one.id,
  compareIds: compareText,
  dates: {
    created: (one) => one.createdAt,
    submitted: (one) => one.submittedAt,
    accepted: (one) => one.acceptedAt,
    rejected: (one) => one.rejectedAt,
    skipped: (one) => one.skippedAt,
    expired: (one) => one.expiredAt,
  },
  sorts: ['id', 'created', 'submitted', 'accepted', 'rejected', 'skipped', 'expired'],
}

export function listAssignments(world: World, query: URLSearchParams): ListAnswer<Json> {
  if (!['pool_id', 'task_suite_id', 'task_id'].some((name) => query.has(name))) {
    throw invalid('pool_id', 'VALUES_REQUIRED', 'pool_id, task_suite_id or task_id is required')
  }
  const asked = parseListQuery(withSortOf(world, query), rules, world.personality)
  const poolId = query.get('pool_id')
  const pools = poolId === null ? [...world.pools.values()] : [accessiblePool(world, poolId)]
  for (const pool of pools) noteRead(world, pool, askedFor(query))
  const own = pools.filter((pool) => !pool.ofAnotherAccount)
  const fromBlocks = own.map((pool) =>
    pool.blocks.flatMap((block) => firstOfBlock(pool, block, asked, query)),
  )
  const found = [...own.map((pool) => pool.assignments), ...fromBlocks].flat()
  const page = selectPage(found, rules.idOf, asked, world.personality)
  return { ...page, items: page.items.map((one) => assignmentView(world, one)) }
}

/** The question with the `-rejected` key as this personality understands it. */
function withSortOf(world: World, query: URLSearchParams): URLSearchParams {
  const { rejectedSort } = world.personality
  const sort = query.get('sort')
  if (sort === null || rejectedSort === 'honoured') return query
  const keys = sort
    .split(',')
    .map((key) => (key === '-rejected' && rejectedSort === 'ascending' ? 'rejected' : key))
    .filter((key) => key !== '-rejected')
  const changed = new URLSearchParams(query)
  if (keys.length === 0) changed.delete('sort')
  else changed.set('sort', keys.join(','))
  return changed
}

function isPending(status: string): boolean {
  return status === 'ACTIVE' || status === 'SUBMITTED'
}

interface AskedFor {
  readonly pending: boolean
  readonly rejections: boolean
}

function askedFor(query: URLSearchParams): AskedFor {
  const statuses = query.get('status')?.split(',')
  const asksForRejections = query.keys().some((name) => name.startsWith('rejected_'))
  return {
    pending: statuses?.some(isPending) ?? !asksForRejections,
    rejections: statuses === undefined || statuses.includes('REJECTED'),
  }
}

/** Remembers what the client could have seen, to tell its mistakes from unavoidable races. */
export function noteRead(world: World, pool: Pool, asked: AskedFor): void {
  if (asked.pending) {
    pool.pendingReadTick = world.tick
    pool.readAt.pending = world.at
  }
  if (asked.rejections) {
    pool.rejectionsReadTick = world.tick
    pool.readAt.rejections = world.at
  }
}

/**
 * Those of a block that can be on the page. All of a block are alike in everything that a list is
 * sorted by but the id, so the first (or last) few stand for the rest.
 */
function firstOfBlock(
  pool: Pool,
  block: AcceptedBlock,
  asked: ListQuery<Assignment>,
  query: URLSearchParams,
): readonly Assignment[] {
  const isAlike = !['task_suite_id', 'task_id', 'user_id'].some((name) => query.has(name))
  if (isAlike && !asked.matches(fromBlock(pool, block, block.first))) return []
  const wanted = isAlike ? asked.limit + 1 : block.count
  const fromEnd = asked.sort.find((key) => key.field === 'id')?.descending === true
  const lowest = boundOf(pool, query, ['id_gt', 'id_gte'], block.first, Math.max)
  const highest = boundOf(pool, query, ['id_lt', 'id_lte'], block.first + block.count - 1, Math.min)
  const found: Assignment[] = []
  for (let step = 0; step <= highest - lowest && found.length < wanted; step++) {
    const one = fromBlock(pool, block, fromEnd ? highest - step : lowest + step)
    if (asked.matchesId(one.id)) found.push(one)
  }
  return found
}

function boundOf(
  pool: Pool,
  query: URLSearchParams,
  names: readonly string[],
  own: number,
  narrower: (a: number, b: number) => number,
): number {
  const bounds = names
    .map((name) => query.get(name))
    .filter((id) => id !== null)
    .map((id) => assignmentNumber(pool.id, id))
    .filter((number) => number !== null)
  return bounds.reduce((narrowest, bound) => narrower(narrowest, bound), own)
}

function taskIds(assignment: Assignment): readonly string[] {
  return Array.from({ length: tasksInSuite }, (_, index) => `${assignment.taskSuiteId}--${index}`)
}

/** The assignment as the API shows it: with all its tasks and answers, as heavy as real ones. */
export function assignmentView(world: World, assignment: Assignment): Json {
  const show = (at: number | null): string | undefined =>
    at === null ? undefined : formatDate(at, world.personality)
  return {
    id: assignment.id,
    task_suite_id: assignment.taskSuiteId,
    pool_id: assignment.poolId,
    user_id: assignment.userId,
    status: assignment.status,
    reward: 0.05,
    bonus_ids: [],
    tasks: taskIds(assignment).map((id, index) => ({
      id,
      pool_id: assignment.poolId,
      input_values: {
        image: `https://images.example.com/2026/street-scenes/${id}.jpg`,
        question: 'Which kinds of road signs can be seen in the picture? Mark all that apply.',
        position: { latitude: 48.2082, longitude: 16.3738, heading: 72 * index },
      },
      origin_task_id: id,
    })),
    solutions: taskIds(assignment).map((id, index) => ({
      output_values: {
        signs: ['give-way', 'no-parking', 'one-way'].slice(0, 1 + (index % 3)),
        is_visible: index % 4 !== 0,
        comment: `The sign in ${id} is partly hidden by a tree.`,
      },
    })),
    mixed: true,
    automerged: false,
    owner: { id: world.requesterId, myself: true },
    public_comment: assignment.publicComment,
    created: show(assignment.createdAt),
    submitted: show(assignment.submittedAt),
    accepted: show(assignment.acceptedAt),
    rejected: show(assignment.rejectedAt),
    skipped: show(assignment.skippedAt),
    expired: show(assignment.expiredAt),
  }
}
