import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { askedPerson } from './asked-person.ts'
import type { Clock } from './clock.ts'
import { conclude } from './conclude.ts'
import { pick, startProbedFake } from './probed-fake.ts'
import type { ProbedFake } from './probed-fake.ts'

let ground: ProbedFake

beforeEach(async () => {
  ground = await startProbedFake()
})

afterEach(() => ground.close())

describe('Without what a probe needs', () => {
  test('its questions stay open, and the report says what to do', async () => {
    const without = { tolokers: null, webhooks: null, foreignPool: null }
    const { findings } = await ground.probe(without)
    const { notObserved } = conclude(findings)
    expect(notObserved).toMatchObject({
      earlyArchive: expect.stringContaining('run again with --wait 30m'),
      pendingWork: expect.stringContaining('run again with --wait 30m'),
      redelivery: expect.stringContaining('--webhook-url'),
      foreignPool: expect.stringContaining('--foreign-pool'),
      retryAfter: expect.stringContaining('--burst'),
    })
  })

  test('what runs too fast to be seen is not guessed', async () => {
    const fast = await startProbedFake({}, 0)
    const { findings } = await fast.probe()
    await fast.close()
    expect(Object.keys(conclude(findings).notObserved).toSorted()).toEqual([
      'failDetails',
      'nineDays',
      'quotaInterval',
      'retryAfter',
      'runningCarriesFinished',
      'secondArchive',
      'statusDuringArchive',
    ])
  })

  test('a probe that was left out is not guessed either', async () => {
    const { findings } = await ground.probe({ probes: pick('credentials') })
    const { personality, notObserved } = conclude(findings)
    expect(personality).toMatchObject({ badToken: 401, dateHeader: 'present' })
    expect(notObserved).toMatchObject({ unsetDates: 'Its probe was not run.' })
    expect(ground.madePools()).toEqual([])
  })
})

describe('A person who is asked to do the tasks', () => {
  const probes = pick('pending-work', 'rejections')

  test('is told which, and is waited for', async () => {
    const said: string[] = []
    const person = askedPerson((text) => said.push(text), 60_000)
    // Does what was said last, once the kit has begun to wait.
    const clock = ground.slowedBy(() => {
      const [, poolId = ''] = /\(pool (\d+)\)/.exec(said.at(-1) ?? '') ?? []
      const { assignments, status } = ground.model.poolOf(poolId)
      const isTold = (words: string): boolean => said.at(-1)?.includes(words) === true
      if (isTold('take one task') && status === 'OPEN' && assignments.length === 0) {
        ground.model.startAssignment(poolId)
      } else if (isTold('now hand in') && assignments[0]?.status === 'ACTIVE') {
        ground.model.submit(assignments[0].id)
      } else if (isTold('do 3 tasks') && assignments.length < 3) {
        ground.model.submit(ground.model.startAssignment(poolId))
      }
    })
    const { findings, failures } = await ground.probe({ probes, tolokers: person, clock })
    expect(failures).toEqual([])
    expect(said).toMatchObject([
      expect.stringMatching(/^Please: as a Toloker .* take one task of “Probe: a task in work”/),
      expect.stringMatching(/^Please: now hand in/),
      expect.stringMatching(/^Please: as a Toloker .* do 3 tasks of “Probe: rejected answers”/),
    ])
    expect(conclude(findings).personality).toMatchObject({
      pendingWork: 'refused',
      earlyArchive: 'refused',
      appealLiftsBlock: true,
      rejectedSort: 'honoured',
    })
  })

  test('and does not come, leaves the questions open and nothing behind', async () => {
    const person = askedPerson(() => undefined, 60_000)
    const before = ground.clock.at
    const { findings, leftOver } = await ground.probe({ probes, tolokers: person })
    const { notObserved } = conclude(findings)
    expect(notObserved['pendingWork']).toContain('nobody took the task in time')
    expect(notObserved['appealLiftsBlock']).toContain('nobody took the task in time')
    expect(ground.clock.at - before).toBeGreaterThanOrEqual(120_000)
    expect(leftOver).toEqual([])
    expect(ground.unarchivedPools()).toEqual([])
  })

  test('is not waited for any longer after Ctrl-C', async () => {
    const controller = new AbortController()
    const usual = ground.slowedBy(() => undefined)
    const clock: Clock = {
      now: usual.now,
      wait: (durationMs, signal) => {
        controller.abort()
        return usual.wait(durationMs, signal)
      },
    }
    const tolokers = askedPerson(() => undefined, 3_600_000)
    const before = ground.clock.at
    const outcome = await ground.probe({ probes, tolokers, clock, signal: controller.signal })
    expect(outcome).toMatchObject({ isInterrupted: true, leftOver: [] })
    expect(ground.clock.at - before).toBeLessThan(tolokers.lookEveryMs)
  })
})
