import { HandClock } from '../fake-toloka/asking.ts'
import { controlRoutes } from '../fake-toloka/controls.ts'
import { deliverWebhooks } from '../fake-toloka/deliver-webhooks.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import type { Personality } from '../fake-toloka/personality.ts'
import { startFakeToloka } from '../fake-toloka/server.ts'
import type { FakeToloka } from '../fake-toloka/server.ts'
import { catalogue } from './catalogue.ts'
import type { Clock } from './clock.ts'
import { fakeTolokers } from './fake-tolokers.ts'
import type { Probe } from './probe.ts'
import { runProbes } from './run-probes.ts'
import type { Assignment, Outcome } from './run-probes.ts'
import { startReceiver } from './webhook-receiver.ts'
import type { WebhookReceiver } from './webhook-receiver.ts'

/** With it, signatures of the fake begin with a zero soon enough, in the same place every time. */
const secret = 'a-webhook-secret-of-the-probe-kit'

/** Some probes, by their names. */
export function pick(...names: readonly string[]): readonly Probe[] {
  return catalogue.filter(({ name }) => names.includes(name))
}

/** What a test wants otherwise than everything that there is. */
export type ProbeChanges = Partial<Assignment & Assignment['equipment']>

export interface ProbedFake {
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly clock: HandClock
  readonly foreignPool: string
  /** Pools that were there before. */
  readonly ownPools: readonly string[]
  readonly webhooks: WebhookReceiver
  /** Everything that the kit said while it ran. */
  readonly said: string[]
  /** Those that the kit has made. */
  readonly madePools: () => readonly string[]
  /** Those of them that are not archived. */
  readonly unarchivedPools: () => readonly string[]
  readonly probe: (changes?: ProbeChanges) => Promise<Outcome>
  /** The clock on which something happens at each wait. */
  readonly slowedBy: (happen: () => void) => Clock
  readonly close: () => Promise<void>
}

/**
 * A fake Toloka over HTTP, with an account that has a past. Its operations take three seconds; who
 * waits makes its clock go on.
 */
export async function startProbedFake(
  personality: Partial<Personality> = {},
  archivingMs = 3000,
): Promise<ProbedFake> {
  const hand = new HandClock('2026-03-10T08:00:00.123Z')
  const model = new TolokaModel({
    now: hand.now,
    personality,
    archivingMs,
    requestsPerSecond: Number.POSITIVE_INFINITY,
  })
  const ownPools = Array.from({ length: 55 }, () => model.createPool())
  const foreignPool = model.createPool({}, { ofAnotherAccount: true })
  const fake = await startFakeToloka(model, { controls: controlRoutes(model) })
  const webhooks = await startReceiver({ secret, host: '127.0.0.1', port: 0 })
  const clock: Clock = {
    now: hand.now,
    wait: async (durationMs, signal) => {
      signal?.throwIfAborted()
      hand.pass(durationMs)
      await deliverWebhooks(model)
    },
  }
  const said: string[] = []
  const tolokers = fakeTolokers(fake.url)
  const before = new Set([...ownPools, foreignPool])
  const madePools = () => model.poolIds.filter((id) => !before.has(id))
  return {
    madePools,
    unarchivedPools: () => madePools().filter((id) => model.statusOf(id) !== 'ARCHIVED'),
    model,
    fake,
    clock: hand,
    foreignPool,
    ownPools,
    webhooks,
    said,
    probe: (changes = {}) =>
      runProbes({
        origin: fake.url,
        token: model.token,
        probes: catalogue,
        equipment: { tolokers, webhooks, foreignPool, burst: false, ...changes },
        requestsPerSecond: null,
        clock,
        signal: new AbortController().signal,
        say: (text) => said.push(text),
        ...changes,
      }),
    slowedBy: (happen) => ({
      now: clock.now,
      wait: async (durationMs, signal) => {
        await clock.wait(durationMs, signal)
        happen()
      },
    }),
    close: async () => {
      await fake.close()
      await webhooks.close()
    },
  }
}
