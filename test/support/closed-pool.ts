import { dayMs } from '../../functions/domain/instant.ts'
import type { PoolSettings } from '../fake-toloka/world.ts'
import type { Workbench } from './workbench.ts'

/** A pool that has just been closed, with nothing in the way of archiving it. Returns its id. */
export function closedPool(
  { model, clock }: Pick<Workbench, 'model' | 'clock'>,
  settings: Partial<PoolSettings> = {},
  id?: string,
): string {
  const poolId = model.createPool(settings, {
    status: 'OPEN',
    lastStartedAt: clock.at - 20 * dayMs,
    ...(id === undefined ? {} : { id }),
  })
  model.closePool(poolId)
  return poolId
}
