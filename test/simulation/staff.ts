import { archiveNow } from '../../functions/application/archive-now.ts'
import { holdPool, releasePool } from '../../functions/application/hold-pool.ts'
import { pauseArchiving, resumeArchiving } from '../../functions/application/pause-archiving.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import type { Despite } from '../../functions/domain/override.ts'
import type { Settings } from '../../functions/application/dependencies.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import type { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import type { SimulatedArchiver } from './archiver.ts'
import { isStillHeld, type Archivable } from './checker.ts'
import type { Intervention } from './interventions.ts'
import type { Life } from './lives.ts'

const staff = 'ada'

/** Those who run the archiver, and what they want of it. */
export class Staff {
  readonly #archiver: SimulatedArchiver
  readonly #model: TolokaModel
  readonly #store: MemoryArchivalStore
  readonly #settings: Settings[]
  readonly #token: string
  readonly #disturbedUntil = new Map<string, number>()

  constructor(archiver: SimulatedArchiver, model: TolokaModel, store: MemoryArchivalStore) {
    this.#archiver = archiver
    this.#model = model
    this.#store = store
    this.#settings = [archiver.settings]
    this.#token = model.token
  }

  async intervene(intervention: Intervention, poolIds: readonly string[]): Promise<void> {
    const archiver = this.#archiver
    switch (intervention.kind) {
      case 'hold':
        return this.#hold(poolIds[intervention.life], intervention.forMs)
      case 'release':
        return this.#release(poolIds[intervention.life])
      case 'archive now':
        return this.#archiveNow(poolIds[intervention.life], intervention.despite)
      case 'pause':
        return archiver.obey((ports) => pauseArchiving(ports, staff))
      case 'resume':
        return archiver.obey(resumeArchiving)
      case 'deploy':
        archiver.settings = intervention.change(archiver.settings)
        this.#settings.push(archiver.settings)
        return this.#expectPlaces()
      case 'token refused':
        return this.#model.changeToken('Another-token-0000000000.of.nobody')
      case 'token accepted':
        return this.#model.changeToken(this.#token)
      case 'account blocked':
        return this.#model.blockAccount(true)
      case 'account free':
        return this.#model.blockAccount(false)
      case 'clock jumps':
        archiver.skewMs = intervention.skewMs
    }
  }

  /** Nobody tells the archiver of something before the given time. */
  disturb(poolId: string, until: number): void {
    this.#disturbedUntil.set(poolId, Math.max(this.#disturbedUntil.get(poolId) ?? 0, until))
  }

  /** The longest of all margins that there were: what was planned by it is not planned anew. */
  get marginMs(): number {
    return Math.max(...this.#settings.map(({ policy }) => policy.safetyMarginMs))
  }

  /** The pools that should be in the archive in the end, by the newest settings. */
  archivable(lives: readonly Life[]): readonly Archivable[] {
    const { policy } = this.#archiver.settings
    return lives.flatMap(({ poolId, mayBeArchived }) => {
      const { lastCloseReason, settings, isLocked } = this.#model.poolOf(poolId)
      const isWanted =
        mayBeArchived &&
        !isLocked &&
        !policy.excludedProjects.includes(settings.project_id) &&
        graceOf(policy, lastCloseReason) !== undefined &&
        !isStillHeld(this.#store.records.get(poolId)?.hold?.until ?? null, this.#archiver.now)
      if (!isWanted) return []
      const graces = this.#settings.map((one) => graceOf(one.policy, lastCloseReason) ?? 0)
      const disturbedUntil = this.#disturbedUntil.get(poolId) ?? 0
      return [{ poolId, graceMs: Math.max(...graces), disturbedUntil }]
    })
  }

  async #hold(poolId: string | undefined, forMs: number | null): Promise<void> {
    if (poolId === undefined) return
    const until = forMs === null ? 'for-ever' : this.#archiver.now + forMs
    const hold = { by: staff, reason: 'audit', until } as const
    await this.#archiver.obey(async (ports) => void (await holdPool(ports, poolId, hold)))
    if (forMs !== null) this.disturb(poolId, this.#model.now + forMs)
  }

  async #release(poolId: string | undefined): Promise<void> {
    if (poolId === undefined) return
    await this.#archiver.obey(async (ports) => void (await releasePool(ports, poolId, staff)))
  }

  async #archiveNow(poolId: string | undefined, despite: Despite | null): Promise<void> {
    if (poolId === undefined) return
    await this.#archiver.obey(async (ports) => {
      try {
        const { answer } = await archiveNow(ports, poolId, { by: staff, despite })
        if (answer === 'done') this.#archiver.hurry(poolId, despite)
      } catch (error) {
        if (!(error instanceof TolokaError)) throw error
      }
    })
  }

  /** Who has a place on a later day keeps it, even if there is no limit any more. */
  #expectPlaces(): void {
    for (const { poolId, reason, dueAt } of this.#store.records.values()) {
      if (reason === 'daily-limit' && dueAt !== null) this.disturb(poolId, dueAt)
    }
  }
}

function graceOf({ graceMsByCloseReason }: Settings['policy'], reason: string | null) {
  return graceMsByCloseReason[reason ?? '']
}
