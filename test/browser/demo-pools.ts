import { dayMs } from '../../functions/domain/instant.ts'
import { beginLives } from '../scenarios/story.ts'
import { World } from '../scenarios/world.ts'

export interface DemoPools {
  readonly world: World
  /** The id of a pool by the name of its life. */
  readonly idOf: (life: string) => string
}

/** The pools of the demo after five days: some are archived, some wait, some are held. */
export async function openDemoPools(): Promise<DemoPools> {
  const world = await World.create({ settings: { SWEEP_INTERVAL: '6h' } })
  const begun = await beginLives(world)
  await world.runUntil(world.now + 5 * dayMs)
  return {
    world,
    idOf: (name) => begun.find(({ life }) => life.name === name)?.beginning.poolId ?? '',
  }
}
