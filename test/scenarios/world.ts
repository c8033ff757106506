import { createTolokaClient } from '../../functions/adapters/toloka/client.ts'
import type { Journal } from '../../functions/application/ports.ts'
import { toIso, type Instant } from '../../functions/domain/instant.ts'
import { createApp } from '../../functions/local/app.ts'
import { listen, type RunningServer } from '../../functions/page/http-server.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { readConfig, type Config } from '../../functions/runtime/config.ts'
import { openLocalArchiver, type LocalArchiver } from '../../functions/runtime/local.ts'
import { deliverWebhooks } from '../fake-toloka/deliver-webhooks.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import type { Personality } from '../fake-toloka/personality.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { Interference } from './interference.ts'

const webhookSecret = 'a-webhook-secret-of-the-scenarios'
const silent: Journal = { write: () => {} }
/** As fast as it goes: the machine's clock has no part in a scenario. */
const noPace = { take: async () => {} }
/** More turns than this without the clock moving is a loop. */
const turnLimit = 1_000

export interface WorldOptions {
  readonly beginsAt?: Instant
  readonly personality?: Partial<Personality>
  /** More settings, as in the environment. */
  readonly settings?: Readonly<Record<string, string>>
  readonly journal?: Journal
}

/** What a scenario works with. */
interface Parts {
  readonly clock: { at: Instant }
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly config: Config
  readonly journal: Journal
  readonly folder: TemporaryFolder
}

/**
 * The real archiver and a fake Toloka, speaking HTTP with each other, on a clock that jumps from
 * one event to the next. Weeks pass in a second, and nothing waits for the wall clock.
 */
export class World {
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly interference: Interference
  readonly #parts: Parts
  readonly #agenda: { readonly at: Instant; readonly happen: () => void }[] = []
  #archiver: LocalArchiver
  #server: RunningServer
  #nextSweepAt: Instant

  private constructor(parts: Parts, interference: Interference, started: Started) {
    this.model = parts.model
    this.fake = parts.fake
    this.interference = interference
    this.#parts = parts
    this.#archiver = started.archiver
    this.#server = started.server
    this.#nextSweepAt = parts.clock.at
  }

  /** Starts the fake and the archiver. Close the world at the end. */
  static async create(options: WorldOptions = {}): Promise<World> {
    const clock = { at: options.beginsAt ?? Date.UTC(2026, 0, 5, 10) }
    const model = new TolokaModel({
      now: () => clock.at,
      personality: options.personality ?? {},
      requestsPerSecond: Infinity, // Time stands still while requests are made.
    })
    const fake = await startFakeToloka(model)
    const folder = makeTemporaryFolder()
    const config = readConfig({
      TOLOKA_URL: fake.url,
      TOLOKA_TOKEN: model.token,
      TOLOKA_WEBHOOK_SECRET: webhookSecret,
      ARCHIVE_MODE: 'archive',
      PORT: '0',
      DATA_FILE: folder.file('archiver.sqlite'),
      ...options.settings,
    })
    const parts = { clock, model, fake, config, folder, journal: options.journal ?? silent }
    const interference = new Interference(model)
    return new World(parts, interference, await startArchiver(parts, interference, 0))
  }

  get now(): Instant {
    return this.#parts.clock.at
  }

  get archiver(): LocalArchiver {
    return this.#archiver
  }

  /** Where the archiver shows its pages. */
  get url(): string {
    return this.#server.url
  }

  /** Lets something happen at an instant, when the world gets there. */
  at(instant: Instant, happen: () => void): void {
    this.#agenda.push({ at: instant, happen })
    this.#agenda.sort((a, b) => a.at - b.at)
  }

  /** Has Toloka send POOL_CLOSED of these pools to the archiver. */
  async subscribe(poolIds: readonly string[]): Promise<void> {
    const { token, archiver } = this.#parts.config
    const client = createTolokaClient({
      origin: archiver.origin,
      token: async () => token,
      pace: noPace,
    })
    const subscription = { eventType: 'POOL_CLOSED', secretKey: webhookSecret }
    const webhookUrl = `${this.#server.url}/webhooks/toloka`
    await client.put(poolIds.map((poolId) => ({ ...subscription, webhookUrl, poolId })))
  }

  /** Jumps from event to event until an instant; the archiver sweeps and works off in between. */
  async runUntil(end: Instant): Promise<void> {
    const { clock } = this.#parts
    let turns = 0
    for (let next = await this.#nextAt(); next <= end; next = await this.#nextAt()) {
      turns = next > clock.at ? 0 : turns + 1
      if (turns > turnLimit) throw new Error(`The world stands still at ${toIso(clock.at)}.`)
      clock.at = Math.max(clock.at, next)
      await this.#turn()
    }
    clock.at = Math.max(clock.at, end)
  }

  /** Ends the archiver without a farewell, and starts it again on the same data file. */
  async restart(): Promise<void> {
    this.#archiver.close()
    await this.#server.close()
    const { port } = new URL(this.#server.url) // Subscriptions stay right.
    const started = await startArchiver(this.#parts, this.interference, Number(port))
    this.#archiver = started.archiver
    this.#server = started.server
    this.#nextSweepAt = this.now
  }

  async close(): Promise<void> {
    this.#archiver.close()
    await this.#server.close()
    await this.fake.close()
    this.#parts.folder.remove()
  }

  async #nextAt(): Promise<Instant> {
    const known = [
      this.#agenda[0]?.at,
      this.model.nextEventAt(),
      await this.#archiver.queue.nextDueAt(),
      this.#nextSweepAt,
    ]
    return Math.min(...known.map((at) => at ?? Infinity))
  }

  async #turn(): Promise<void> {
    while ((this.#agenda[0]?.at ?? Infinity) <= this.now) this.#agenda.shift()?.happen()
    await deliverWebhooks(this.model)
    const killed = this.interference.untilKilled()
    if ((await Promise.race([this.#work(), killed])) === 'killed') await this.restart()
  }

  async #work(): Promise<void> {
    if (this.#nextSweepAt <= this.now) {
      this.#nextSweepAt = this.now + this.#parts.config.archiver.sweepIntervalMs
      await this.#archiver.sweep()
    }
    await workOff(this.#archiver)
  }
}

interface Started {
  readonly archiver: LocalArchiver
  readonly server: RunningServer
}

async function startArchiver(
  { clock, config, journal }: Parts,
  { fetch }: Interference,
  port: number,
): Promise<Started> {
  const surroundings = { clock: { now: () => clock.at }, journal, fetch, pace: noPace }
  const archiver = openLocalArchiver(config, surroundings)
  return { archiver, server: await listen(createApp(archiver), '127.0.0.1', port) }
}
