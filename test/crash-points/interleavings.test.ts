import { describe, expect, test } from '@jest/globals'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import type { ArchivalStore } from '../../functions/application/ports.ts'
import { holdPool } from '../../functions/application/hold-pool.ts'
import { pauseArchiving } from '../../functions/application/pause-archiving.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { tolokaByText } from '../simulation/trouble.ts'
import { defaultSettings } from '../support/settings.ts'
import { watchToloka, type Watch } from '../support/watch-toloka.ts'
import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { readModel } from '../twins/model-toloka.ts'

const at = Date.UTC(2026, 0, 5, 10)

type Work = (ports: Dependencies, poolId: string) => Promise<unknown>

const look: Work = async (ports, poolId) =>
  handleWakeUp(ports, { version: 1, poolId, cause: 'hint', dueAt: at })

const hold: Work = async (ports, poolId) =>
  holdPool(ports, poolId, { by: 'ada', reason: 'audit', until: 'for-ever' })

/** Lets two processes go on by turns: the first begins, and at each of these steps they change. */
class Schedule {
  readonly #changes: readonly number[]
  readonly #waiting: [(() => void) | null, (() => void) | null] = [null, null]
  readonly #hasEnded = [false, false]
  #step = 0
  #turn = 0

  constructor(changes: readonly number[]) {
    this.#changes = changes
  }

  get steps(): number {
    return this.#step
  }

  take(who: 0 | 1): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting[who] = resolve
      this.#pass()
    })
  }

  end(who: 0 | 1): void {
    this.#hasEnded[who] = true
    this.#pass()
  }

  /** Nobody goes on before each of them waits, or has ended. */
  #pass(): void {
    const isReady = [0, 1].every((who) => this.#hasEnded[who] || this.#waiting[who])
    if (!isReady) return
    if (this.#changes.includes(this.#step)) this.#turn = 1 - this.#turn
    const who = this.#hasEnded[this.#turn] ? 1 - this.#turn : this.#turn
    const next = this.#waiting[who]
    if (!next) return
    this.#step += 1
    this.#waiting[who] = null
    next()
  }
}

/** Two at work on the same pool, which can be archived now, and whose operation takes an hour. */
async function together(works: readonly [Work, Work], changes: readonly number[]) {
  const model = new TolokaModel({ now: () => at, requestsPerSecond: Infinity })
  const poolId = model.createPool(
    {},
    {
      lastStartedAt: at - 20 * dayMs,
      lastStoppedAt: at - 19 * dayMs,
      lastCloseReason: 'COMPLETED',
    },
  )
  model.scriptArchive(poolId, { kind: 'slow', runningMs: hourMs })
  const byText = tolokaByText(model)
  const toloka = { ...byText, ...readModel(model, byText) }
  const memory = new MemoryArchivalStore()
  const store: ArchivalStore = memory
  const account = new MemoryAccountStore()
  const wakeUps = new MemoryWakeUps()
  const schedule = new Schedule(changes)
  const portsOf = (who: 0 | 1): Dependencies => {
    const watch: Watch =
      (_name, work) =>
      async (...given) => {
        await schedule.take(who)
        return work(...given)
      }
    return {
      clock: { now: () => at },
      toloka: watchToloka(toloka, watch),
      store: { ...store, get: watch('get', store.get), put: watch('put', store.put) },
      account: { read: watch('read', account.read), write: watch('write', account.write) },
      wakeUps: { request: watch('request', wakeUps.request) },
      announcer: { announce: watch('announce', async () => {}) },
      journal: { write: () => {} },
      settings: defaultSettings(),
    }
  }
  const answers = await Promise.all(
    works.map(async (work, index) => {
      const who = index === 0 ? 0 : 1
      try {
        return await work(portsOf(who), poolId)
      } finally {
        schedule.end(who)
      }
    }),
  )
  const requests = model.archiveRequestsOf(poolId)
  const record = memory.records.get(poolId)
  return { model, record, requests, answers, paused: account.state.paused, steps: schedule.steps }
}

/** All ways in which two processes change at most three times within so many steps. */
function* allChanges(steps: number): Generator<readonly number[]> {
  for (let first = 0; first <= steps; first += 1) {
    for (let second = first + 1; second <= steps + 1; second += 1) {
      for (let third = second + 1; third <= steps + 2; third += 1) yield [first, second, third]
    }
  }
}

describe('However two take turns at their side effects,', () => {
  test('of two that look at the same pool one makes one request, and its operation is stored', async () => {
    const { steps } = await together([look, look], [])
    let schedules = 0
    for (const changes of allChanges(steps)) {
      const { model, record, requests } = await together([look, look], changes)
      const stored = record?.operations.map(({ id }) => id)
      const made = requests.map(({ operationId }) => operationId)
      expect({ changes, made: made.length, stored, violations: model.violations }).toEqual({
        changes,
        made: 1,
        stored: made,
        violations: [],
      })
      schedules += 1
    }

    expect(schedules).toBe(2_024)
  })

  test('a hold is kept, or says that it comes too late', async () => {
    const { steps } = await together([look, hold], [])
    const answersMet = new Set<unknown>()
    for (const changes of allChanges(steps)) {
      const { requests, answers, record } = await together([look, hold], changes)
      const [, answer] = answers
      answersMet.add(answer)
      expect({ changes, requests: requests.length }).toEqual({
        changes,
        requests: answer === 'done' ? 0 : 1,
      })
      expect(record?.hold === null).toBe(answer !== 'done')
    }

    expect(answersMet).toEqual(new Set(['done', 'too-late']))
  })

  test('what asks for its permission after a pause gets none', async () => {
    const pause: Work = async (ports) => pauseArchiving(ports, 'ada')
    const { steps } = await together([look, pause], [])
    const reasonsMet = new Set<unknown>()
    for (const changes of allChanges(steps)) {
      const { requests, record, paused } = await together([look, pause], changes)
      reasonsMet.add(record?.reason)
      expect(paused).not.toBeNull()
      expect({ changes, requests: requests.length }).toEqual({
        changes,
        requests: record?.reason === 'paused' ? 0 : 1,
      })
    }

    expect(reasonsMet).toEqual(new Set(['paused', 'operation-running']))
  })
})
