import type { Dependencies, Settings } from '../../functions/application/dependencies.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { dayMs, minuteMs, type Instant } from '../../functions/domain/instant.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import { defaultSettings } from '../support/settings.ts'
import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import type { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { checkRequest, type Breach, type Hurried } from './checker.ts'
import type { Chronicle } from './chronicle.ts'
import type { Dangers } from './dangers.ts'
import { Died, Failed, Process } from './process.ts'
import { Random } from './random.ts'
import { createTroubledToloka } from './trouble.ts'
import { Turns } from './turns.ts'

type Work = (ports: Dependencies) => Promise<void>

export interface Surroundings {
  readonly model: TolokaModel
  readonly random: Random
  readonly chronicle: Chronicle
  readonly dangers: Dangers
  readonly store: MemoryArchivalStore
  /** Toloka's time, ms since the epoch. */
  readonly now: () => Instant
}

/** The archiver of a world: its store, its queue, its clock, and processes that come and die. */
export class SimulatedArchiver {
  readonly account = new MemoryAccountStore()
  readonly queue = new MemoryWakeUps()
  /** What was broken while processes ran. */
  readonly breaches: Breach[] = []
  settings: Settings
  /** The state of the record that is being handled; what else is done if none is. */
  looksAt = ''
  /** How far our clock is ahead of Toloka's. */
  skewMs = 0
  /** When Toloka last asked for no more requests this day. */
  lastDayQuotaAt = -Infinity
  readonly #around: Surroundings
  readonly #ports: Omit<Dependencies, 'settings'>
  readonly #wakeUpsStored = new Map<string, number>()
  readonly #hurried = new Map<string, Hurried>()
  readonly #requests = { day: '', count: 0 }
  #turn: () => Promise<void> = noTurn

  constructor(around: Surroundings, sweepIntervalMs: number) {
    const { model, random, chronicle, dangers, store, now } = around
    this.#around = around
    this.settings = defaultSettings({ sweepIntervalMs })
    const toloka = createTroubledToloka(model, random, {
      likely: () => dangers.likelihoodOf('trouble'),
      befalls: (trouble) => {
        chronicle.note('trouble', trouble)
        chronicle.note('trouble while', this.looksAt)
        if (trouble === 'quota DAY') this.lastDayQuotaAt = now()
      },
      isRequested: (poolId) => this.#judgeRequest(poolId),
    })
    this.#ports = {
      clock: { now: () => this.now },
      toloka,
      store,
      account: this.account,
      wakeUps: { request: async (wakeUp) => this.#store(wakeUp) },
      announcer: { announce: async ({ kind }) => chronicle.note('announcement', kind) },
      journal: chronicle.journal,
    }
  }

  /** By our clock, ms since the epoch. */
  get now(): Instant {
    return this.#around.now() + this.skewMs
  }

  /** How many wake-ups of a pool were stored so far. */
  wakeUpsStored(poolId: string): number {
    return this.#wakeUpsStored.get(poolId) ?? 0
  }

  /** Puts a message into the queue; it is taken by Toloka's time, for nobody's clock stops. */
  send(wakeUp: WakeUp, takeAt: Instant): void {
    this.queue.putBack(wakeUp, takeAt)
  }

  /** False if the process died, or could not do its work now. */
  async live(work: Work): Promise<boolean> {
    const { random, dangers, chronicle } = this.#around
    const process = new Process(new Random(random.seed()), {
      death: dangers.likelihoodOf('death'),
      failure: dangers.likelihoodOf('failure'),
      turn: this.#turn,
      tell: (what) => {
        chronicle.note('blow', what)
        chronicle.note('blow while', this.looksAt)
      },
    })
    try {
      await work(process.endanger({ ...this.#ports, settings: this.settings }))
      return !process.isDead
    } catch (error) {
      if (!isExpected(error)) {
        const invariant = 'nothing fails by a defect'
        this.breaches.push({ invariant, poolId: 'unknown', what: String(error) })
      }
      return false
    }
  }

  /** What people do: they see at once that something failed, and do it again. */
  async obey(work: Work): Promise<void> {
    await work({ ...this.#ports, settings: this.settings })
  }

  /** Somebody wants this pool archived at once, as it is now. */
  hurry(poolId: string, despite: string | null): void {
    const { lastStartedAt, lastStoppedAt } = this.#around.model.poolOf(poolId)
    this.#hurried.set(poolId, { despite, lastStartedAt, lastStoppedAt })
  }

  /** Drafts that somebody wants to be archived all the same. */
  isWantedDraft = (poolId: string): boolean =>
    this.#hurried.get(poolId)?.despite === 'never-started'

  /** Several processes at the same time, taking turns at their side effects. */
  async together(works: readonly (() => Promise<void>)[]): Promise<void> {
    const turns = new Turns(this.#around.random)
    this.#turn = turns.take
    await turns.run(works)
    this.#turn = noTurn
  }

  #store(wakeUp: WakeUp): void {
    const { poolId, dueAt } = wakeUp
    const { random, dangers } = this.#around
    this.#wakeUpsStored.set(poolId, this.wakeUpsStored(poolId) + 1)
    if (dangers.strikes('loss')) return
    const lateMs = dangers.strikes('lateness') ? random.integer(0, dayMs) : 0
    const takeAt = dueAt - this.skewMs + lateMs
    this.send(wakeUp, takeAt)
    if (dangers.strikes('doubling')) this.send(wakeUp, takeAt + minuteMs)
  }

  /** An archive request has come to Toloka. */
  #judgeRequest(poolId: string): void {
    const { store, model } = this.#around
    const { observing, policy, maxArchivesPerDay } = this.settings
    const today = new Date(this.now).toISOString().slice(0, 10)
    if (today > this.#requests.day) Object.assign(this.#requests, { day: today, count: 0 })
    const breaches = checkRequest(model, poolId, {
      ...policy,
      isObserving: observing,
      isPaused: this.account.state.paused !== null,
      heldUntil: store.records.get(poolId)?.hold?.until ?? null,
      hurried: this.#hurried.get(poolId) ?? null,
      ourTime: this.now,
      requestsToday: this.#requests.count,
      requestsADay: maxArchivesPerDay,
      clockErrorMs: Math.abs(this.skewMs),
    })
    this.#requests.count += 1
    this.breaches.push(...breaches)
  }
}

const noTurn = async (): Promise<void> => {}

function isExpected(error: unknown): boolean {
  if (error instanceof Died || error instanceof Failed) return true
  return /overtaken|others kept writing/.test(String(error))
}
