import { checkFields } from './checked-fields.ts'
import { parseDate } from './dates.ts'
import { scatteredId } from './operations.ts'
import { accessiblePool, createPool, poolView } from './pools.ts'
import { hasProject } from './projects.ts'
import { countCreation } from './quota.ts'
import { invalid } from './refusal.ts'
import type { Json } from './refusal.ts'
import { trainingView } from './trainings.ts'
import type { World } from './world.ts'

interface Created {
  readonly status: number
  readonly body: Json
}

/** Settings of a pool that are kept as they were given. */
const kept = new Set([
  'private_comment',
  'metadata',
  'quality_control',
  'auto_accept_solutions',
  'auto_accept_period_day',
  'priority',
])

/** A new pool: CLOSED, never started, without tasks. */
export function createPoolFrom(world: World, body: Json): Created {
  countCreation(world, 'pool')
  const fields = checkFields(body, {
    project_id: 'string',
    private_name: 'string',
    may_contain_adult_content: 'boolean',
    will_expire: 'string',
    reward_per_assignment: 'number',
    assignment_max_duration_seconds: 'number',
    defaults: 'object',
  })
  // One official example of this field has a zone, which dates of queries must not have.
  const willExpireAt = parseDate(String(fields['will_expire']).replace(/Z$/, ''))
  if (willExpireAt === null) throw invalid('will_expire', 'INVALID_DATE_TIME_SYNTAX', 'Not a date')
  const optional = Object.entries(fields).filter(([name]) => kept.has(name))
  const settings = {
    ...Object.fromEntries(optional),
    ...commonSettings(world, fields),
    reward_per_assignment: Number(fields['reward_per_assignment']),
  }
  const pool = createPool(world, settings, { willExpireAt, isEmpty: true })
  return { status: 201, body: poolView(world, pool) }
}

function commonSettings(world: World, fields: Readonly<Record<string, unknown>>) {
  const projectId = String(fields['project_id'])
  if (!hasProject(world, projectId)) {
    throw invalid('project_id', 'ENTITY_DOES_NOT_EXIST', 'No such project')
  }
  return {
    project_id: projectId,
    private_name: String(fields['private_name']),
    may_contain_adult_content: fields['may_contain_adult_content'] === true,
    assignment_max_duration_seconds: Number(fields['assignment_max_duration_seconds']),
  }
}

export function createTraining(world: World, body: Json): Created {
  countCreation(world, 'training')
  const fields = checkFields(body, {
    project_id: 'string',
    private_name: 'string',
    may_contain_adult_content: 'boolean',
    assignment_max_duration_seconds: 'number',
    mix_tasks_in_creation_order: 'boolean',
    shuffle_tasks_in_task_suite: 'boolean',
    training_tasks_in_task_suite_count: 'number',
    task_suites_required_to_pass: 'number',
  })
  const settings = { ...commonSettings(world, fields), type: 'TRAINING' }
  const { id } = createPool(world, settings, { isEmpty: true })
  return { status: 201, body: trainingView(world, id) }
}

const suiteOptions = new Set([
  'async_mode',
  'allow_defaults',
  'open_pool',
  'operation_id',
  'skip_invalid_items',
])

/** One task suite, or several. Each is one assignment for each Toloker that takes it. */
export function createTaskSuites(world: World, body: Json, query: URLSearchParams): Created {
  const extra = query.keys().find((name) => !suiteOptions.has(name))
  if (extra !== undefined) throw invalid(extra, 'VALUE_NOT_ALLOWED', 'Unknown parameter')
  if (!Array.isArray(body)) return { status: 201, body: createTaskSuite(world, body) }
  const items = body.map((one: Json, index) => [String(index), createTaskSuite(world, one)])
  return { status: 201, body: { items: Object.fromEntries(items), validation_errors: {} } }
}

function createTaskSuite(world: World, body: Json): Json {
  const { pool_id: poolId, tasks, overlap } = checkFields(body, { pool_id: 'string' })
  if (!Array.isArray(tasks)) throw invalid('tasks', 'ARRAY_EXPECTED', 'Not an array')
  const pool = accessiblePool(world, String(poolId))
  pool.isEmpty = false
  const id = `${BigInt(pool.id).toString(16).padStart(10, '0')}--${scatteredId(world, 'suite', 24)}`
  return { id, pool_id: pool.id, tasks, overlap: overlap ?? 1, mixed: false }
}
