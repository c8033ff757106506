import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { TolokaModel } from '../fake-toloka/model.ts'
import { askedPerson } from './asked-person.ts'
import { catalogue } from './catalogue.ts'
import { conclude } from './conclude.ts'
import { startProbedFake } from './probed-fake.ts'
import type { ProbedFake } from './probed-fake.ts'
import { createRedactor } from './redact.ts'
import { reportForMachines, reportForPeople } from './report.ts'
import type { Outcome } from './run-probes.ts'

let ground: ProbedFake

beforeEach(async () => {
  ground = await startProbedFake()
})

afterEach(() => ground.close())

/** The pools that the kit has made. */
function madePools(): readonly string[] {
  const before = new Set([...ground.ownPools, ground.foreignPool])
  return ground.model.poolIds.filter((id) => !before.has(id))
}

const unarchived = (model: TolokaModel, ids: readonly string[]): readonly string[] =>
  ids.filter((id) => model.statusOf(id) !== 'ARCHIVED')

const pick = (...names: string[]) => catalogue.filter(({ name }) => names.includes(name))

function reports(outcome: Outcome): string {
  const heading = { origin: ground.fake.url, startedAt: ground.clock.at }
  const conclusions = conclude(outcome.findings)
  return (
    reportForPeople(heading, outcome, conclusions) +
    reportForMachines(heading, outcome, conclusions)
  )
}

describe('After a run', () => {
  test('no pool is archived, nor asked to be, but those that it has made', async () => {
    await ground.probe()
    const others = [...ground.ownPools, ground.foreignPool]
    expect(others.filter((id) => ground.model.archiveRequestsOf(id).length > 0)).toEqual([])
    expect(unarchived(ground.model, others)).toEqual(others)
  })

  test('everything that it has made is archived, or named with the refusal', async () => {
    const { leftOver, failures } = await ground.probe()
    expect(failures).toEqual([])
    const [exam = ''] = unarchived(ground.model, madePools())
    expect(leftOver).toMatchObject([
      { kind: 'pools', id: exam, why: expect.stringContaining('409 THERE_IS_REJECTED_ASSIGNMENT') },
      { kind: 'projects', why: expect.stringContaining('409 UNARCHIVED_POOLS_CONFLICT') },
    ])
    expect(leftOver.every(({ isRefused }) => isRefused)).toBe(true)
    expect(ground.model.statusOf(exam)).toBe('CLOSED')
    expect(ground.model.poolOf(exam).subscriptions.size).toBe(0)
  })

  test('nothing is left without the probes whose pools have to stay', async () => {
    const probes = catalogue.filter(({ name }) => name !== 'exam')
    const { leftOver } = await ground.probe({ probes })
    expect(leftOver).toEqual([])
    expect(unarchived(ground.model, madePools())).toEqual([])
  })
})

describe('When something goes wrong in the middle', () => {
  test.each([
    ['an error', { kind: 'status', status: 500 }, /^webhooks: .*500 INTERNAL_ERROR/],
    ['a cut connection', { kind: 'effect-then-cut' }, /^webhooks: .* had no answer/],
    ['a page of HTML', { kind: 'not-json' }, /^webhooks: .*without an id/],
  ] as const)('%s: the rest is asked, and everything is cleaned up', async (_, fault, words) => {
    const probes = pick('webhooks', 'draft')
    const isCreation = { method: 'POST', path: /\/pools$/ }
    ground.fake.faults.next(isCreation, fault)
    const { failures, findings, leftOver } = await ground.probe({ probes: probes.toReversed() })
    expect(failures).toMatchObject([expect.stringMatching(words)])
    expect(findings.find(({ question }) => question.number === '8')?.conclusion).toBe('confirmed')
    expect(findings.find(({ question }) => question.number === '11')).toMatchObject({
      conclusion: 'still open',
      answer: expect.stringMatching(/^The probe failed: /),
    })
    expect(leftOver).toEqual([])
    expect(madePools()).toHaveLength(fault.kind === 'status' ? 1 : 2)
    expect(unarchived(ground.model, madePools())).toEqual([])
  })

  test('an open pool and a subscription are cleaned up as well', async () => {
    const target = { method: 'POST', path: /close-for-update$/ }
    ground.fake.faults.next(target, { kind: 'status', status: 503 })
    const { failures, leftOver } = await ground.probe({ probes: pick('webhooks') })
    expect(failures).toMatchObject([expect.stringContaining('503')])
    expect(leftOver).toEqual([])
    const pools = madePools()
    expect(unarchived(ground.model, pools)).toEqual([])
    expect(pools.map((id) => ground.model.poolOf(id).subscriptions.size)).toEqual([0])
  })

  test('what cannot be cleaned up is named, and the rest is cleaned up', async () => {
    const target = { method: 'DELETE', times: Number.POSITIVE_INFINITY }
    ground.fake.faults.next(target, { kind: 'status', status: 500 })
    const { leftOver } = await ground.probe({ probes: pick('webhooks') })
    expect(leftOver).toEqual([
      {
        kind: 'webhook-subscriptions',
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        why: expect.stringContaining('500 INTERNAL_ERROR'),
        isRefused: false,
      },
    ])
    expect(unarchived(ground.model, madePools())).toEqual([])
  })

  test('a request without an answer that may have made a pool is named', async () => {
    ground.fake.faults.next({ method: 'POST', path: /\/pools$/ }, { kind: 'effect-then-cut' })
    const outcome = await ground.probe({ probes: pick('draft') })
    expect(outcome.doubtful).toEqual(['POST /pools'])
    expect(reports(outcome)).toContain('POST /pools had no answer, and may have worked')
  })

  test('Ctrl-C ends the probes, and everything is cleaned up', async () => {
    const controller = new AbortController()
    const say = (text: string): void => {
      if (text.startsWith('pool-lists')) controller.abort()
    }
    const outcome = await ground.probe({ signal: controller.signal, say })
    expect(outcome).toMatchObject({ isInterrupted: true, failures: [], leftOver: [] })
    const pools = madePools()
    expect(pools.length).toBeGreaterThan(2)
    expect(unarchived(ground.model, pools)).toEqual([])
    expect(reports(outcome)).toContain('The run was interrupted')
  })
})

describe('A token', () => {
  test('that Toloka does not accept makes nothing', async () => {
    const { failures, findings } = await ground.probe({ token: 'another-token' })
    expect(failures).toEqual(['Toloka does not accept the token: it answered 401.'])
    expect(findings).toEqual([])
    expect(ground.model.requests.total).toBe(1)
  })

  test('is in no report, whatever Toloka answers', async () => {
    const { model, webhooks, said } = ground
    const redact = createRedactor([`ApiKey ${model.token}`, webhooks.secret])
    const telltale = (): object => ({ code: model.token, message: webhooks.secret })
    ground.fake.faults.next({ path: /\/pools/, times: 9 }, { kind: 'edited', edit: telltale })
    const outcome = await ground.probe()
    const shown = redact(reports(outcome) + said.join('\n'))
    expect(reports(outcome)).toContain(model.token)
    expect(shown).toContain('[secret]')
    expect(shown).not.toContain(model.token)
    expect(shown).not.toContain(webhooks.secret)
  })
})

describe('Without what a probe needs', () => {
  test('its questions stay open, and the report says what to do', async () => {
    const outcome = await ground.probe({ tolokers: null, webhooks: null, foreignPool: null })
    const { notObserved } = conclude(outcome.findings)
    expect(notObserved).toMatchObject({
      earlyArchive: expect.stringContaining('run again with --wait 30m'),
      pendingWork: expect.stringContaining('run again with --wait 30m'),
      redelivery: expect.stringContaining('--webhook-url'),
      foreignPool: expect.stringContaining('--foreign-pool'),
      retryAfter: expect.stringContaining('--burst'),
    })
    expect(reports(outcome)).toContain('still open')
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
    expect(madePools()).toEqual([])
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
    expect(unarchived(ground.model, madePools())).toEqual([])
  })
})
