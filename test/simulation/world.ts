import type { Dependencies } from '../../functions/application/dependencies.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { personalities } from '../fake-toloka/personality.ts'
import { defaultPolicy } from '../support/pools.ts'
import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import type { Census } from './census.ts'
import { Chronicle } from './chronicle.ts'
import { checkEnd, checkStep, type Breach, type Expectations } from './checker.ts'
import { Dangers } from './dangers.ts'
import { beginLife, longestLifeMs, type Happening, type Life } from './lives.ts'
import { Died, Process } from './process.ts'
import { Random } from './random.ts'
import { createTroubledToloka } from './trouble.ts'
import { Turns } from './turns.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const beginsAt = Date.UTC(2026, 0, 5, 10)

export const poolsInWorld = 20

/** Nine days that Toloka shows and does not mean, and five for refusals, failures and quotas. */
const patienceMs = 14 * dayMs
/** From the last fault on. */
const longestWaitMs = 30 * dayMs
/** Until a message comes again whose process died. */
const visibilityMs = 12 * minuteMs

export interface WorldOptions {
  /** Whether the outcome tells everything that happened. */
  readonly isLogged?: boolean
  /** Another one, to see what the world makes of it. */
  readonly store?: MemoryArchivalStore
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
  readonly #wakeUps = new MemoryWakeUps()
  readonly #ports: Dependencies
  readonly #dangers: Dangers
  readonly #agenda: Happening[] = []
  readonly #lives: Life[] = []
  readonly #faultsEndAt = beginsAt + longestLifeMs
  /** How likely something that happens is told: in some worlds every webhook is lost. */
  readonly #talkativeness: number
  readonly #defects: Breach[] = []
  #at = beginsAt
  #nextSweepAt = beginsAt

  constructor(
    seed: number,
    census: Census,
    { isLogged = false, store = new MemoryArchivalStore() }: WorldOptions = {},
  ) {
    const random = new Random(seed)
    this.#store = store
    this.#random = random
    const chronicle = new Chronicle(census, () => this.#at, isLogged)
    this.#chronicle = chronicle
    this.#dangers = new Dangers(random, chronicle, () => this.#at >= this.#faultsEndAt)
    const { name, personality } = random.pick(personalities)
    chronicle.note('personality', name)
    const now = (): number => this.#at
    this.#model = new TolokaModel({ now, personality, requestsPerSecond: Infinity })
    this.#talkativeness = random.pick([0, 0.3, 0.8])
    // The margin of an hour has to cover it where Toloka does not tell its time.
    const skewMs = random.pick([0, 0, 0, -5, 5, -50, 50]) * minuteMs
    // Each sweep costs as much as a few looks, and few of them find anything.
    const sweepIntervalMs = random.chance(0.05) ? hourMs : random.pick([12 * hourMs, dayMs])
    this.#ports = {
      clock: { now: () => this.#at + skewMs },
      toloka: createTroubledToloka(this.#model, random, {
        likely: () => this.#dangers.likelihoodOf('trouble'),
        tell: (what) => chronicle.note('trouble', what),
      }),
      store: this.#store,
      account: new MemoryAccountStore(),
      wakeUps: { request: async (wakeUp) => this.#request(wakeUp, skewMs) },
      announcer: { announce: async ({ kind }) => chronicle.note('announcement', kind) },
      journal: chronicle.journal,
      settings: {
        origin: 'https://toloka.dev',
        observing: false,
        policy: defaultPolicy(),
        maxArchivesPerDay: 1_000,
        maxRequestsPerSecond: 20,
        sweepIntervalMs,
      },
    }
  }

  /** Lives all lives to their ends. */
  async run(): Promise<Outcome> {
    for (let count = 0; count < poolsInWorld; count += 1) this.#begin()
    const endsAt = this.#faultsEndAt + longestWaitMs
    const breaches: Breach[] = []
    while (breaches.length === 0) {
      const nextAt = this.#nextAt()
      if (nextAt > endsAt || this.#isOver()) break
      this.#at = Math.max(this.#at, nextAt)
      await this.#step()
      breaches.push(...this.#defects, ...checkStep(this.#model, this.#store.records.values()))
    }
    if (breaches.length === 0) {
      breaches.push(...checkEnd(this.#model, this.#store.records, this.#expectations()))
    }
    const archived = this.#lives.filter(({ poolId }) => this.#model.archivedAt(poolId) !== null)
    for (const { poolId } of this.#lives) this.#remember(poolId)
    return { breaches, lives: this.#lives, archived: archived.length, log: this.#chronicle.log }
  }

  #expectations(): Expectations {
    const kept = this.#lives.filter(({ mayBeArchived }) => !mayBeArchived)
    return {
      toBeArchived: this.#lives.filter(({ mayBeArchived }) => mayBeArchived),
      toBeKept: kept.map(({ poolId }) => poolId),
      faultsEndAt: this.#faultsEndAt,
      patienceMs: patienceMs + this.#ports.settings.sweepIntervalMs,
    }
  }

  #begin(): void {
    const at = this.#at + this.#random.integer(0, dayMs)
    const { life, happenings } = beginLife(this.#model, this.#random, at)
    this.#lives.push(life)
    for (const happening of happenings) {
      this.#agenda.push(happening)
      // Whatever happens, somebody may say so: a webhook, or one that makes no sense.
      if (this.#random.chance(this.#talkativeness)) {
        const wakeUp: WakeUp = {
          version: 1,
          poolId: life.poolId,
          cause: 'hint',
          dueAt: happening.at,
        }
        this.#wakeUps.putBack(wakeUp, happening.at + this.#random.integer(0, 10) * minuteMs)
      }
    }
    this.#agenda.sort((one, other) => one.at - other.at)
  }

  #nextAt(): number {
    const known = [this.#agenda[0]?.at, this.#model.nextEventAt(), this.#wakeUps.nextAt]
    return Math.min(this.#nextSweepAt, ...known.map((at) => at ?? Infinity))
  }

  /** All pools that should be archived are, and nothing is under way any more. */
  #isOver(): boolean {
    if (this.#at <= this.#faultsEndAt || this.#agenda.length > 0) return false
    const { toBeArchived } = this.#expectations()
    return toBeArchived.every(({ poolId }) => this.#store.records.get(poolId)?.state === 'archived')
  }

  async #step(): Promise<void> {
    while ((this.#agenda[0]?.at ?? Infinity) <= this.#at) {
      const happening = this.#agenda.shift()
      this.#chronicle.note('happening', happening?.what ?? '')
      happening?.happen()
    }
    if (this.#nextSweepAt <= this.#at) {
      this.#nextSweepAt = this.#at + this.#ports.settings.sweepIntervalMs
      const owner = `sweep-${this.#at}`
      await this.#live(async (ports) => void (await sweep(ports, owner)))
    }
    for (let wakeUp = this.#wakeUps.take(this.#at); wakeUp; wakeUp = this.#wakeUps.take(this.#at)) {
      await this.#handle(wakeUp)
    }
  }

  /** By one process, or by a few at the same time: a message may come more than once. */
  async #handle(wakeUp: WakeUp): Promise<void> {
    const handle = async (): Promise<void> => {
      const hasEnded = await this.#live((ports) => handleWakeUp(ports, wakeUp))
      if (!hasEnded && !this.#dangers.strikes('loss')) {
        this.#wakeUps.putBack(wakeUp, this.#at + visibilityMs)
      }
    }
    if (!this.#dangers.strikes('crowd')) return handle()
    const crowd = this.#random.integer(2, 4)
    this.#chronicle.note('crowd', `${crowd} at once`)
    const turns = new Turns(this.#random)
    this.#turn = turns.take
    await turns.run(Array.from({ length: crowd }, () => () => handle()))
    this.#turn = noTurn
  }

  #turn: () => Promise<void> = noTurn

  /** False if the process died, or could not do its work now. */
  async #live(work: (ports: Dependencies) => Promise<void>): Promise<boolean> {
    const process = new Process(new Random(this.#random.seed()), {
      death: this.#dangers.likelihoodOf('death'),
      turn: this.#turn,
      tell: (what) => this.#chronicle.note('death', what),
    })
    try {
      await work(process.endanger(this.#ports))
      return true
    } catch (error) {
      const isExpected =
        error instanceof Died || /overtaken|others kept writing/.test(String(error))
      if (!isExpected) {
        const invariant = 'nothing fails by a defect'
        this.#defects.push({ invariant, poolId: 'unknown', what: String(error) })
      }
      return false
    }
  }

  #request(wakeUp: WakeUp, skewMs: number): void {
    if (this.#dangers.strikes('loss')) return
    const dueAt = wakeUp.dueAt - skewMs
    const takeAt = this.#dangers.strikes('lateness')
      ? dueAt + this.#random.integer(0, dayMs)
      : dueAt
    this.#wakeUps.putBack(wakeUp, takeAt)
    if (this.#dangers.strikes('doubling')) this.#wakeUps.putBack(wakeUp, takeAt + minuteMs)
  }

  #remember(poolId: string): void {
    const record = this.#store.records.get(poolId)
    this.#chronicle.note('ends', record?.state ?? 'never seen')
    for (const { state, reason } of record?.history ?? []) {
      this.#chronicle.note('state', state)
      this.#chronicle.note('reason', reason)
    }
  }
}

const noTurn = async (): Promise<void> => {}
