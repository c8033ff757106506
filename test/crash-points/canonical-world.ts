import type { Dependencies } from '../../functions/application/dependencies.ts'
import { handleMessage } from '../../functions/application/handle-message.ts'
import type { Toloka, WakeUp } from '../../functions/application/ports.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { dayMs, minuteMs, type Instant } from '../../functions/domain/instant.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import type { Life } from '../scenarios/lives.ts'
import { tolokaByText } from '../simulation/trouble.ts'
import { receive, subscribe } from '../simulation/webhooks.ts'
import { defaultSettings } from '../support/settings.ts'
import { SideEffects, type Blow } from '../support/side-effects.ts'
import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { readModel } from '../twins/model-toloka.ts'

const beginsAt = Date.UTC(2026, 0, 5, 10)
export const sweepIntervalMs = dayMs
/** Until a message comes again whose process died. */
const visibilityMs = 12 * minuteMs
/** Longer than the longest life, and than what blows can add to it. */
const longestMs = 20 * dayMs

/** What came of a life. */
export interface Lived {
  /** What the archiver did to the world outside, in order. */
  readonly effects: readonly string[]
  /** When the pool went to the archive, ms since the epoch; null if it did not. */
  readonly archivedAt: Instant | null
  /** What was not as it should be. */
  readonly problems: readonly string[]
}

/** One of the lives of the demo, by the unmodified use cases, with blows at some side effects. */
export class CanonicalWorld {
  readonly #life: Life
  readonly #poolId: string
  readonly #model: TolokaModel
  readonly #store = new MemoryArchivalStore()
  readonly #queue = new MemoryWakeUps()
  readonly #effects = new SideEffects()
  readonly #ports: Dependencies
  readonly #happenings: { readonly at: Instant; readonly happen: () => void }[]
  readonly #announced = new Set<string>()
  readonly #problems: string[] = []
  #at = beginsAt
  #nextSweepAt = beginsAt

  constructor(life: Life, blows: readonly Blow[]) {
    const now = (): Instant => this.#at
    const model = new TolokaModel({ now, requestsPerSecond: Infinity })
    const beginning = life.begin(model, beginsAt)
    this.#life = life
    this.#poolId = beginning.poolId
    this.#model = model
    this.#happenings = life.happenings.map(({ afterMs, happen }) => ({
      at: beginsAt + afterMs,
      happen: () => happen(model, beginning),
    }))
    this.#effects.arm(...blows)
    const byText = tolokaByText(model)
    const ports: Dependencies = {
      clock: { now },
      toloka: interfere(life, model, { ...byText, ...readModel(model, byText) }),
      store: this.#store,
      account: new MemoryAccountStore(),
      wakeUps: this.#queue,
      announcer: {
        announce: async ({ id, kind }) => void (kind === 'PoolArchived' && this.#announced.add(id)),
      },
      journal: { write: () => {} },
      settings: defaultSettings({ sweepIntervalMs }),
    }
    this.#ports = { ...ports, ...this.#effects.replace(ports) }
  }

  async live(): Promise<Lived> {
    subscribe(this.#model, [this.#poolId])
    while (!this.#isOver() && this.#at < beginsAt + longestMs) {
      this.#at = Math.max(this.#at, this.#nextAt())
      await this.#step()
    }
    this.#judge()
    return {
      effects: this.#effects.done,
      archivedAt: this.#model.archivedAt(this.#poolId),
      problems: this.#problems,
    }
  }

  #nextAt(): Instant {
    const known = [this.#happenings[0]?.at, this.#model.nextEventAt(), this.#queue.nextAt]
    return Math.min(this.#nextSweepAt, ...known.map((at) => at ?? Infinity))
  }

  #isOver(): boolean {
    const record = this.#store.records.get(this.#poolId)
    const { state, reason } = this.#life.ends
    const isQuiet = record?.outbox.length === 0 && this.#happenings.length === 0
    return isQuiet && record.state === state && record.reason === reason
  }

  async #step(): Promise<void> {
    while ((this.#happenings[0]?.at ?? Infinity) <= this.#at) this.#happenings.shift()?.happen()
    for (const delivery of this.#model.takeDueDeliveries()) {
      await this.#survives(async () => receive(this.#ports, delivery))
    }
    if (this.#nextSweepAt <= this.#at) {
      this.#nextSweepAt = this.#at + sweepIntervalMs
      await this.#survives(async () => sweep(this.#ports, 'sweep'))
    }
    for (let wakeUp = this.#queue.take(this.#at); wakeUp; wakeUp = this.#queue.take(this.#at)) {
      await this.#handle(wakeUp)
    }
  }

  async #handle(wakeUp: WakeUp): Promise<void> {
    const message = { id: wakeUp.poolId, body: JSON.stringify(wakeUp) }
    const deadLetters = { bury: async () => void this.#problems.push('a wake-up was buried') }
    const hasEnded = await this.#survives(async () =>
      handleMessage(this.#ports, deadLetters, message),
    )
    if (!hasEnded) this.#queue.putBack(wakeUp, this.#at + visibilityMs)
  }

  /** False if the process did not come to the end of its work. */
  async #survives(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return !this.#effects.restart()
    } catch {
      this.#effects.restart()
      return false
    }
  }

  #judge(): void {
    const { ends } = this.#life
    const record = this.#store.records.get(this.#poolId)
    const stored = new Set(record?.operations.map(({ id }) => id))
    for (const { what } of this.#model.violations) this.#problems.push(`asked although ${what}`)
    for (const { operationId } of this.#model.archiveRequestsOf(this.#poolId)) {
      const isLost = operationId !== null && !stored.has(operationId)
      if (isLost) this.#problems.push(`operation ${operationId} is not stored`)
    }
    if (record?.state !== ends.state || record.reason !== ends.reason) {
      this.#problems.push(`ends ${record?.state}, because ${record?.reason}`)
    }
    const tellings = ends.state === 'archived' ? 1 : 0
    if (this.#announced.size !== tellings) {
      this.#problems.push(`is announced as archived ${this.#announced.size} times`)
    }
    if (!this.#effects.hasStruck) this.#problems.push('a blow did not fall')
  }
}

/** What happens between the archiver and Toloka at the moment of the first archive request. */
function interfere({ interference }: Life, model: TolokaModel, toloka: Toloka): Toloka {
  let isFirst = true
  return {
    ...toloka,
    archivePool: async (poolId) => {
      const isInterfered = isFirst && interference !== undefined
      isFirst = false
      if (!isInterfered) return toloka.archivePool(poolId)
      if (interference === 'archived-by-somebody-first') model.archiveByHand(poolId)
      const answer = await toloka.archivePool(poolId)
      if (interference === 'archived-by-somebody-first') return answer
      throw new Error('Killed before the answer.')
    },
  }
}
