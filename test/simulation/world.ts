import { handleMessage } from '../../functions/application/handle-message.ts'
import type { DeadLetters, WakeUp } from '../../functions/application/ports.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { personalities } from '../fake-toloka/personality.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { WrittenArchivalStore } from '../twins/written-archival-store.ts'
import { SimulatedArchiver } from './archiver.ts'
import type { Census } from './census.ts'
import { checkEnd, checkStep, type Breach, type Expectations } from './checker.ts'
import { Chronicle } from './chronicle.ts'
import { Dangers } from './dangers.ts'
import type { Happening } from './happening.ts'
import { drawInterventions, drawSkewMs } from './interventions.ts'
import { beginLife, longestLifeMs, type Life } from './lives.ts'
import { Random } from './random.ts'
import { Staff } from './staff.ts'
import { subscribe, Webhooks, webhookSecret } from './webhooks.ts'

const beginsAt = Date.UTC(2026, 0, 5, 10)

export const poolsInWorld = 20

/** From the last fault on; the longest margin of the policy included. */
const longestWaitMs = 30 * dayMs
/** Until a message comes again whose process died. */
const visibilityMs = 12 * minuteMs

export interface WorldOptions {
  /** Whether the outcome tells everything that happened. */
  readonly isLogged?: boolean
  /** Another one, to see what the world makes of it. */
  readonly store?: MemoryArchivalStore
  /** Only these lives of the world, by number; all if it is left out. */
  readonly lives?: readonly number[]
  /** Dangers that the world is spared, `interventions` among them. */
  readonly without?: readonly string[]
}

/** What came of a world. */
export interface Outcome {
  readonly breaches: readonly Breach[]
  readonly lives: readonly Life[]
  readonly archived: number
  /** What the archiver and Toloka did, in order; only if it was asked for. */
  readonly log: readonly string[]
}

/** A few pools, an archiver and everything that can go wrong, all out of one seed. */
export class SimulatedWorld {
  readonly #random: Random
  readonly #chronicle: Chronicle
  readonly #model: TolokaModel
  readonly #store: MemoryArchivalStore
  readonly #dangers: Dangers
  readonly #archiver: SimulatedArchiver
  readonly #staff: Staff
  readonly #agenda: Happening[] = []
  readonly #lives: Life[] = []
  readonly #faultsEndAt = beginsAt + longestLifeMs
  readonly #breaches: Breach[] = []
  readonly #webhooks: Webhooks
  readonly #options: WorldOptions
  #at = beginsAt
  #nextSweepAt = beginsAt

  constructor(seed: number, census: Census, options: WorldOptions = {}) {
    const random = new Random(seed)
    const now = (): number => this.#at
    this.#random = random
    this.#options = options
    const Store = random.chance(0.05) ? WrittenArchivalStore : MemoryArchivalStore
    this.#store = options.store ?? new Store()
    this.#chronicle = new Chronicle(census, now, options.isLogged === true)
    const { name, personality } = random.pick(personalities)
    this.#chronicle.note('personality', name)
    // One personality of many would not show often enough how a lost pool is told of.
    const ours = { ...personality, foreignPool: random.pick([403, 404] as const) }
    this.#model = new TolokaModel({ now, personality: ours, requestsPerSecond: Infinity })
    this.#dangers = new Dangers(
      random,
      this.#chronicle,
      () => this.#at >= this.#faultsEndAt,
      options.without ?? [],
    )
    const around = {
      model: this.#model,
      random,
      chronicle: this.#chronicle,
      dangers: this.#dangers,
      store: this.#store,
      now,
    }
    // Each sweep costs as much as a few looks, and few of them find anything.
    const sweepIntervalMs = random.chance(0.05) ? hourMs : random.pick([12 * hourMs, dayMs])
    this.#archiver = new SimulatedArchiver(around, sweepIntervalMs)
    this.#archiver.skewMs = drawSkewMs(random)
    this.#staff = new Staff(this.#archiver, this.#model, this.#store)
    this.#webhooks = new Webhooks(this.#archiver, around)
  }

  /** Lives all lives to their ends. */
  async run(): Promise<Outcome> {
    this.#begin()
    const endsAt = this.#faultsEndAt + longestWaitMs
    while (this.#breaches.length === 0) {
      const nextAt = this.#nextAt()
      if (nextAt > endsAt || this.#isOver()) break
      this.#at = Math.max(this.#at, nextAt)
      await this.#step()
      this.#breaches.push(
        ...this.#archiver.breaches,
        ...checkStep(this.#model, this.#store.records.values(), this.#archiver.isWantedDraft),
      )
    }
    if (this.#breaches.length === 0) {
      this.#breaches.push(...checkEnd(this.#model, this.#store.records, this.#expectations()))
    }
    const lives = this.#lives
    for (const { poolId } of lives) this.#remember(poolId)
    const archived = lives.filter(({ poolId }) => this.#model.archivedAt(poolId) !== null).length
    return { breaches: this.#breaches, lives, archived, log: this.#chronicle.log }
  }

  #expectations(): Expectations {
    const { lastDayQuotaAt, settings } = this.#archiver
    return {
      toBeArchived: this.#staff.archivable(this.#lives),
      quietFrom: Math.max(this.#faultsEndAt, lastDayQuotaAt + dayMs),
      marginMs: this.#staff.marginMs,
      patienceMs: settings.sweepIntervalMs + 3 * hourMs, // The clock may be off by 50 minutes.
      secrets: [this.#model.token, webhookSecret],
    }
  }

  /** Draws the whole future of all pools. Each life has its own chance: it stays when others go. */
  #begin(): void {
    const random = this.#random
    const { lives: wanted, without = [] } = this.#options
    const talkativeness = random.pick([0, 0, 0.5])
    for (let number = 0; number < poolsInWorld; number += 1) {
      const own = new Random(random.seed())
      if (wanted !== undefined && !wanted.includes(number)) continue
      const { life, happenings } = beginLife(this.#model, own, this.#at + own.integer(0, dayMs))
      this.#lives.push(life)
      this.#agenda.push(...happenings.map((happening) => this.#noticed(life, happening)))
      for (const { at } of happenings) {
        if (own.chance(talkativeness)) this.#hint(life, at + own.integer(0, 10) * minuteMs)
      }
    }
    const poolIds = this.#lives.map(({ poolId }) => poolId)
    if (random.chance(0.7) && poolIds.length > 0) {
      subscribe(this.#model, poolIds)
    }
    const interventions = drawInterventions(random, poolsInWorld, this.#at, this.#faultsEndAt)
    if (!without.includes('interventions')) {
      for (const { at, intervention } of interventions) {
        const happen = (): Promise<void> => this.#staff.intervene(intervention, poolIds)
        this.#agenda.push({ at, what: intervention.kind, happen })
      }
    }
    this.#agenda.sort((one, other) => one.at - other.at)
  }

  #noticed({ poolId }: Life, happening: Happening): Happening {
    const { at, unnoticedForMs } = happening
    if (unnoticedForMs !== undefined) this.#staff.disturb(poolId, at + unnoticedForMs)
    return happening
  }

  /** Somebody says that something happened, whether it makes sense or not. */
  #hint({ poolId }: Life, at: number): void {
    this.#archiver.send({ version: 1, poolId, cause: 'hint', dueAt: at }, at)
  }

  #nextAt(): number {
    const known = [
      this.#agenda[0]?.at,
      this.#model.nextEventAt(),
      this.#archiver.queue.nextAt,
      this.#webhooks.nextAt,
    ]
    return Math.min(this.#nextSweepAt, ...known.map((at) => at ?? Infinity))
  }

  /** All that should be archived is, and no answer is looked for: what led to it may be gone. */
  #isOver(): boolean {
    if (this.#at <= this.#faultsEndAt || this.#agenda.length > 0) return false
    const [records, archivable] = [this.#store.records, this.#staff.archivable(this.#lives)]
    if ([...records.values()].some(({ attempt }) => attempt)) return false
    return archivable.every(({ poolId }) => records.get(poolId)?.state === 'archived')
  }

  async #step(): Promise<void> {
    while ((this.#agenda[0]?.at ?? Infinity) <= this.#at) {
      const happening = this.#agenda.shift()
      this.#chronicle.note('happening', happening?.what ?? '')
      await happening?.happen()
    }
    this.#archiver.looksAt = 'webhook'
    await this.#webhooks.deliverDue()
    if (this.#nextSweepAt <= this.#at) {
      this.#nextSweepAt = this.#at + this.#archiver.settings.sweepIntervalMs
      this.#archiver.looksAt = 'sweep'
      const owner = `sweep-${this.#at}`
      await this.#archiver.live(async (ports) => void (await sweep(ports, owner)))
    }
    const { queue } = this.#archiver
    for (let wakeUp = queue.take(this.#at); wakeUp; wakeUp = queue.take(this.#at)) {
      await this.#handle(wakeUp)
    }
  }

  /** By one process, or by a few at the same time: a message may come more than once. */
  async #handle(wakeUp: WakeUp): Promise<void> {
    this.#archiver.looksAt = this.#store.records.get(wakeUp.poolId)?.state ?? 'new'
    const message = { id: wakeUp.poolId, body: JSON.stringify(wakeUp) }
    const handle = async (): Promise<void> => {
      const hasEnded = await this.#archiver.live((ports) =>
        handleMessage(ports, this.#deadLetters, message),
      )
      if (!hasEnded && !this.#dangers.strikes('loss')) {
        this.#archiver.send(wakeUp, this.#at + visibilityMs)
      }
    }
    if (!this.#dangers.strikes('crowd')) return handle()
    const crowd = this.#random.integer(2, 5)
    this.#chronicle.note('crowd', `${crowd} at once`)
    await this.#archiver.together(Array.from({ length: crowd }, () => () => handle()))
  }

  readonly #deadLetters: DeadLetters = {
    bury: async (what) => {
      this.#breaches.push({ invariant: 'nothing fails by a defect', poolId: 'unknown', what })
    },
  }

  #remember(poolId: string): void {
    const { census } = this.#chronicle
    const record = this.#store.records.get(poolId)
    census.count('ends', record?.state ?? 'never seen')
    let before = 'new'
    for (const { state, reason } of record?.history ?? []) {
      census.count('transition', `${before} → ${state}`)
      census.count('reason', reason)
      before = state
    }
  }
}
