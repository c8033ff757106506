import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { dayMs, type Instant } from '../../functions/domain/instant.ts'
import { lives, type Beginning, type Life } from './lives.ts'
import type { World } from './world.ts'

/** Longer than the longest life: a rejection on day 4, nine days, and a day to spare. */
const storyMs = 15 * dayMs

/** How a pool's life ended. */
export interface Ending {
  readonly life: Life
  readonly poolId: string
  readonly record: ArchivalRecord | null
  /** By Toloka's own rules and history; null if it would never have allowed it. */
  readonly allowedAt: Instant | null
  readonly archivedAt: Instant | null
  readonly requests: number
  readonly endedAsItShould: boolean
}

/** What must be zero. */
export interface Faults {
  /** Archive requests that Toloka's rules did not allow yet. */
  readonly early: number
  /** Archive requests beside a live operation, and pools archived by more than one of ours. */
  readonly twice: number
  /** Pools that should be in the archive and are not. */
  readonly forgotten: number
}

export interface Story {
  readonly endings: readonly Ending[]
  readonly faults: Faults
}

/** Hears what happens at Toloka, as it happens. */
export interface Listener {
  readonly begins: (life: Life, poolId: string) => void
  readonly happens: (poolId: string, what: string) => void
}

interface Begun {
  readonly life: Life
  readonly beginning: Beginning
}

/** Lets all pools live their lives in a world. */
export async function liveAll(world: World, listener?: Listener): Promise<Story> {
  const beginsAt = world.now
  const begun = await beginLives(world, listener)
  await world.runUntil(beginsAt + storyMs)
  const endings = await Promise.all(
    begun.map(({ life, beginning }) => endingOf(world, life, beginning.poolId)),
  )
  return { endings, faults: faultsOf(world, endings) }
}

/** Puts all pools into a world as their lives begin; what happens to them comes when it runs. */
export async function beginLives(world: World, listener?: Listener): Promise<readonly Begun[]> {
  const beginsAt = world.now
  const begun = lives.map((life) => ({ life, beginning: life.begin(world.model, beginsAt) }))
  for (const { life, beginning } of begun) listener?.begins(life, beginning.poolId)
  if (listener) world.interference.tell = listener.happens
  await world.subscribe(begun.map(({ beginning }) => beginning.poolId))
  for (const { life, beginning } of begun) {
    const { poolId } = beginning
    if (life.interference === 'archived-by-somebody-first') {
      world.interference.archivedFirst.add(poolId)
    }
    if (life.interference === 'archiver-killed-before-the-answer') {
      world.interference.killedBeforeAnswer.add(poolId)
    }
    for (const { afterMs, what, happen } of life.happenings) {
      world.at(beginsAt + afterMs, () => {
        listener?.happens(poolId, what)
        happen(world.model, beginning)
      })
    }
  }
  return begun
}

async function endingOf({ model, archiver }: World, life: Life, poolId: string): Promise<Ending> {
  const record = await archiver.store.get(poolId)
  const archivedAt = model.archivedAt(poolId)
  const shouldBeArchived = life.ends.state === 'archived'
  return {
    life,
    poolId,
    record,
    allowedAt: model.earliestAllowedAt(poolId),
    archivedAt,
    requests: model.requests.byPool.get(poolId) ?? 0,
    endedAsItShould:
      record?.state === life.ends.state &&
      record.reason === life.ends.reason &&
      (archivedAt !== null) === shouldBeArchived,
  }
}

function faultsOf({ model }: World, endings: readonly Ending[]): Faults {
  const besideLive = model.violations.filter(({ kind }) => kind === 'live-operation')
  const succeeded = (poolId: string): number =>
    model
      .archiveRequestsOf(poolId)
      .filter(({ operationId, status }) => operationId && status === 202).length
  return {
    early: model.violations.length - besideLive.length,
    twice: besideLive.length + endings.filter(({ poolId }) => archivedTwice(poolId)).length,
    forgotten: endings.filter(
      ({ life, archivedAt }) => life.ends.state === 'archived' && archivedAt === null,
    ).length,
  }

  function archivedTwice(poolId: string): boolean {
    const operations = model.operationsOf(poolId)
    return (
      operations.filter(({ type, status }) => type === 'POOL.ARCHIVE' && status === 'SUCCESS')
        .length > 1 && succeeded(poolId) > 1
    )
  }
}
