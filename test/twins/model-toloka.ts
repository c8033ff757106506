import type { Toloka } from '../../functions/application/ports.ts'
import type { Pool } from '../../functions/domain/pool.ts'
import { actionsOf } from '../fake-toloka/assignments.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import { Refusal } from '../fake-toloka/refusal.ts'
import type { ShownPool } from '../fake-toloka/show.ts'

/** What archivers read most of Toloka. */
export type Reads = Pick<Toloka, 'readPool' | 'listPools' | 'findPendingWork' | 'findRejection'>

/** Pools on a page of the API. */
const longestPage = 300

/**
 * The reads that archivers make most, right out of the model and without text, which takes most of
 * the time of a simulation. Whatever is not answered by a success goes by the way of text.
 */
export function readModel(model: TolokaModel, byText: Reads): Reads {
  const answer = <Value>(value: Value) => ({ value, serverTime: model.shownTime })
  return {
    readPool: async (poolId) =>
      unlessRefused(
        () => answer(toPool(model.showPool(poolId))),
        () => byText.readPool(poolId),
      ),
    listPools: async (status, after) => {
      const shown = model.showPools(status, after)
      if (shown.length >= longestPage) return byText.listPools(status, after)
      return { pools: shown.map(toPool), next: null, unreadable: [] }
    },
    findPendingWork: async (poolId) =>
      unlessRefused(
        () => answer(model.showPendingWork(poolId)),
        () => byText.findPendingWork(poolId),
      ),
    findRejection: async (poolId, since) =>
      unlessRefused(
        () => answer(model.showRejection(poolId, since)),
        () => byText.findRejection(poolId, since),
      ),
  }
}

function unlessRefused<Value>(read: () => Value, byText: () => Promise<Value>): Promise<Value> {
  try {
    return Promise.resolve(read())
  } catch (error) {
    if (error instanceof Refusal) return byText()
    throw error
  }
}

const automaticDecisions: ReadonlySet<unknown> = new Set([
  'REJECT_ALL_ASSIGNMENTS',
  'APPROVE_ALL_ASSIGNMENTS',
])

function toPool({ pool, status, ...dates }: ShownPool): Pool {
  const { settings } = pool
  return {
    ...dates,
    id: pool.id,
    status,
    projectId: settings.project_id,
    privateName: settings.private_name,
    privateComment: settings.private_comment ?? null,
    metadata: settings.metadata ?? {},
    training: settings.type === 'TRAINING' || settings.training === true,
    assignmentMaxDurationSeconds: settings.assignment_max_duration_seconds,
    autoAcceptPeriodDays: settings.auto_accept_period_day,
    decidesAutomatically: actionsOf(settings.quality_control).some(({ type }) =>
      automaticDecisions.has(type),
    ),
  }
}
