import { assignmentView, listAssignments } from './assignment-list.ts'
import { canMove, findAssignment, moveAssignment } from './assignments.ts'
import { requestArchive } from './archive.ts'
import { createPoolFrom, createTaskSuites, createTraining } from './creation.ts'
import {
  findOperation,
  instantSuccess,
  listOperations,
  liveArchiveOf,
  operationView,
  startOperation,
} from './operations.ts'
import { accessiblePool, closePool, listPools, openPool, poolView } from './pools.ts'
import { archiveProject, createProject, knownProject, projectView } from './projects.ts'
import { doesNotExist, invalid, Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import {
  deleteSubscription,
  findSubscription,
  isObject,
  listSubscriptions,
  putSubscriptions,
  startTest,
  subscriptionView,
  testResult,
} from './subscriptions.ts'
import { archiveTraining, trainingView } from './trainings.ts'
import type { Delivery, Operation, Pool, World } from './world.ts'

/** A notification that has to be delivered before the answer about it goes out. */
export interface PendingTest {
  readonly uuid: string
  readonly delivery: Delivery
}

export interface Reply {
  readonly status: number
  readonly body?: Json
  readonly test?: PendingTest
}

interface RouteInput {
  /** What stands for `{id}` in the path, or ''. */
  readonly id: string
  readonly query: URLSearchParams
  readonly body: Json
  readonly aboutPool: string | undefined
}

export interface Route {
  readonly method: string
  /** Below `/api/v1`, for instance `/pools/{id}`. */
  readonly path: string
  /** Lists check their own parameters; other routes take none. */
  readonly takesQuery: boolean
  readonly takesBody: boolean
  readonly answer: (world: World, input: RouteInput) => Reply
}

function route(method: string, path: string, answer: Route['answer']): Route {
  const takesQuery = method === 'GET' && !path.includes('{')
  return { method, path, takesQuery, takesBody: method === 'PUT' || method === 'PATCH', answer }
}

/** A request that creates something out of its body. */
function creation(path: string, answer: Route['answer'], takesQuery = false): Route {
  return { method: 'POST', path, takesQuery, takesBody: true, answer }
}

function ok(body: Json): Reply {
  return { status: 200, body }
}

function readPool(world: World, id: string): Reply {
  const pool = accessiblePool(world, id)
  pool.readTick = world.tick
  pool.readAt.pool = world.at
  return ok(poolView(world, pool))
}

/** Opens or closes by an operation that ends at once; refused while another one runs. */
function changePool(
  world: World,
  id: string,
  type: Operation['type'],
  change: (pool: Pool) => void,
): Reply {
  const pool = accessiblePool(world, id)
  const wanted = type === 'POOL.OPEN' ? 'CLOSED' : 'OPEN'
  if (liveArchiveOf(pool) !== undefined) {
    throw new Refusal(409, 'POOL_LOCKED_BY_ANOTHER_OPERATION', 'Another operation is running')
  }
  if (pool.status === 'ARCHIVED' || pool.isLocked) {
    const payload = { appropriate_statuses: [wanted] }
    throw new Refusal(409, 'INAPPROPRIATE_STATUS', 'Inappropriate pool status', payload)
  }
  if (pool.status !== wanted) return { status: 204 }
  if (type === 'POOL.OPEN' && pool.isEmpty) throw new Refusal(409, 'EMPTY_POOL', 'Pool is empty')
  change(pool)
  const operation = startOperation(world, pool, type, instantSuccess)
  return { status: 202, body: operationView(world, operation) }
}

function reviewAssignment(world: World, { id, body }: RouteInput): Reply {
  const assignment = findAssignment(world, id)
  if (assignment === null) throw doesNotExist('Assignment')
  const pool = accessiblePool(world, assignment.poolId)
  if (!isObject(body)) throw invalid('', 'OBJECT_EXPECTED', 'Object expected')
  const { status, public_comment: comment } = body
  if (status !== 'ACCEPTED' && status !== 'REJECTED') {
    throw invalid('status', 'UNKNOWN_ENUM_VALUE', 'ACCEPTED or REJECTED expected')
  }
  if (comment !== undefined && (typeof comment !== 'string' || comment.length > 2048)) {
    throw invalid('public_comment', 'STRING_LENGTH_GREATER_THAN_MAX', 'At most 2048 characters')
  }
  if (pool.status === 'ARCHIVED' || !canMove(assignment.status, status)) {
    throw new Refusal(409, 'INAPPROPRIATE_STATUS', 'The assignment cannot change like this')
  }
  assignment.publicComment = comment
  moveAssignment(world, assignment, status)
  return ok(assignmentView(world, assignment))
}

function testSubscription(world: World, id: string): Reply {
  const test = startTest(world, id)
  const status = world.personality.testNotificationStatus
  return { status, body: testResult(world, test.uuid, 200), test }
}

/** Every request that the fake understands. */
export const routes: readonly Route[] = [
  route('GET', '/requester', (world) =>
    ok({
      id: world.requesterId,
      balance: 120.3,
      public_name: { EN: 'Fake requester' },
      company: { id: '1', superintendent_id: world.requesterId },
    }),
  ),
  creation('/projects', (world, { body }) => createProject(world, body)),
  route('GET', '/projects/{id}', (world, { id }) =>
    ok(projectView(world, knownProject(world, id))),
  ),
  route('POST', '/projects/{id}/archive', (world, { id }) => archiveProject(world, id)),
  creation('/trainings', (world, { body }) => createTraining(world, body)),
  route('GET', '/trainings/{id}', (world, { id }) => ok(trainingView(world, id))),
  route('POST', '/trainings/{id}/archive', (world, { id }) => archiveTraining(world, id)),
  creation('/pools', (world, { body }) => createPoolFrom(world, body)),
  creation('/task-suites', (world, { body, query }) => createTaskSuites(world, body, query), true),
  route('GET', '/pools', (world, { query }) => ok(listPools(world, query))),
  route('GET', '/pools/{id}', (world, { id }) => readPool(world, id)),
  route('POST', '/pools/{id}/archive', (world, { id }) => requestArchive(world, id)),
  route('POST', '/pools/{id}/open', (world, { id }) =>
    changePool(world, id, 'POOL.OPEN', (pool) => openPool(world, pool)),
  ),
  route('POST', '/pools/{id}/close', (world, { id }) =>
    changePool(world, id, 'POOL.CLOSE', (pool) => closePool(world, pool, 'MANUAL')),
  ),
  route('POST', '/pools/{id}/close-for-update', (world, { id }) =>
    changePool(world, id, 'POOL.CLOSE', (pool) => closePool(world, pool, 'FOR_UPDATE')),
  ),
  route('GET', '/assignments', (world, { query }) => ok(listAssignments(world, query))),
  route('PATCH', '/assignments/{id}', reviewAssignment),
  route('GET', '/operations', (world, { query, aboutPool }) =>
    ok(listOperations(world, query, aboutPool)),
  ),
  route('GET', '/operations/{id}', (world, { id }) =>
    ok(operationView(world, findOperation(world, id))),
  ),
  route('GET', '/webhook-subscriptions', (world, { query }) => ok(listSubscriptions(world, query))),
  route('PUT', '/webhook-subscriptions', (world, { body }) => putSubscriptions(world, body)),
  route('GET', '/webhook-subscriptions/{id}', (world, { id }) =>
    ok(subscriptionView(world, findSubscription(world, id))),
  ),
  route('DELETE', '/webhook-subscriptions/{id}', (world, { id }) => {
    deleteSubscription(world, id)
    return { status: 204 }
  }),
  route('POST', '/webhook-subscriptions/{id}/test', (world, { id }) => testSubscription(world, id)),
]
