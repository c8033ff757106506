import { doAtOnce, operationView } from './operations.ts'
import { accessiblePool, poolView } from './pools.ts'
import { doesNotExist, Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import { isObject } from './subscriptions.ts'
import type { Pool, World } from './world.ts'

function accessibleTraining(world: World, id: string): Pool {
  const pool = accessiblePool(world, id)
  if (pool.settings.type !== 'TRAINING') throw doesNotExist('Training')
  return pool
}

/** The training as the API shows it. */
export function trainingView(world: World, id: string): Json {
  return poolView(world, accessibleTraining(world, id))
}

/** Whether Tolokers need this training for the pool. */
function requires(pool: Pool, trainingId: string): boolean {
  const quality = pool.settings.quality_control
  const requirement = isObject(quality) ? quality['training_requirement'] : undefined
  return isObject(requirement) && requirement['training_pool_id'] === trainingId
}

/** Only a closed training whose main pools are all archived can be archived. */
export function archiveTraining(world: World, id: string): { status: number; body?: Json } {
  const training = accessibleTraining(world, id)
  if (training.status === 'ARCHIVED') return { status: 204 }
  if (training.status !== 'CLOSED') {
    const payload = { appropriate_statuses: ['CLOSED'] }
    throw new Refusal(409, 'INAPPROPRIATE_STATUS', 'Inappropriate training status', payload)
  }
  const isNeeded = [...world.pools.values()].some(
    (pool) => pool.status !== 'ARCHIVED' && requires(pool, id),
  )
  if (isNeeded) throw new Refusal(409, 'TRAINING_ARCHIVE_CONFLICT', 'Pools still need the training')
  training.status = 'ARCHIVED'
  training.archivedAt = world.at
  training.statusTick = world.nextTick()
  const operation = doAtOnce(world, 'TRAINING.ARCHIVE', { training_id: id })
  return { status: 202, body: operationView(world, operation) }
}
