import type { State } from '../../functions/domain/states.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import { addFinishedPool } from '../local/box.ts'

const hourMs = 3_600_000

/** Where a pool of each kind belongs. */
export const placeOf = {
  finished: 'archived',
  rejected: 'waiting',
  kept: 'held',
} as const satisfies Record<string, State>

export type PoolKind = keyof typeof placeOf

/** Three of five can be archived. */
export const poolKinds: readonly PoolKind[] = [
  'finished',
  'rejected',
  'finished',
  'kept',
  'finished',
]

/** A closed pool. Returns its id. */
export function addPool(model: TolokaModel, kind: PoolKind, now: number): string {
  const poolId = addFinishedPool(model, kind, now)
  if (kind === 'kept') model.editPool(poolId, { private_comment: '[keep]' })
  if (kind === 'rejected') {
    model.addAssignment(poolId, {
      status: 'REJECTED',
      createdAt: now - 2 * hourMs,
      at: now - hourMs,
    })
  }
  return poolId
}
