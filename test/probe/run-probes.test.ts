import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { catalogue } from './catalogue.ts'
import { conclude } from './conclude.ts'
import { pick, startProbedFake } from './probed-fake.ts'
import type { Probe } from './probe.ts'
import type { ProbedFake } from './probed-fake.ts'
import { createRedactor } from './redact.ts'
import { reportForMachines, reportForPeople } from './report.ts'
import type { Outcome } from './run-probes.ts'

let ground: ProbedFake

beforeEach(async () => {
  ground = await startProbedFake()
})

afterEach(() => ground.close())

function reports(outcome: Outcome): string {
  const heading = { origin: ground.fake.url, startedAt: ground.clock.at }
  const conclusions = conclude(outcome.findings)
  return (
    reportForPeople(heading, outcome, conclusions) +
    reportForMachines(heading, outcome, conclusions)
  )
}

describe('After a run', () => {
  test('a probe gone wrong has not reached a pool that the run has not made', async () => {
    const [other = ''] = ground.ownPools
    const rogue: Probe = {
      name: 'rogue',
      questions: [],
      does: 'archives what it finds',
      ask: async ({ account }) => {
        await account.archive(other)
        return []
      },
    }
    const { failures } = await ground.probe({ probes: [rogue] })
    expect(failures).toEqual([
      `rogue: POST /pools/${other}/archive is not sent: this run has not made that`,
    ])
    expect(ground.model.archiveRequestsOf(other)).toEqual([])
  })

  test('no pool is archived, nor asked to be, but those that it has made', async () => {
    await ground.probe()
    const others = [...ground.ownPools, ground.foreignPool]
    expect(others.filter((id) => ground.model.archiveRequestsOf(id).length > 0)).toEqual([])
    expect(others.filter((id) => ground.model.statusOf(id) !== 'CLOSED')).toEqual([])
  })

  test('everything that it has made is archived, or named with the refusal', async () => {
    const { leftOver, failures } = await ground.probe()
    expect(failures).toEqual([])
    const [exam = ''] = ground.unarchivedPools()
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
    expect(ground.unarchivedPools()).toEqual([])
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
    expect(ground.madePools()).toHaveLength(fault.kind === 'status' ? 1 : 2)
    expect(ground.unarchivedPools()).toEqual([])
  })

  test('an open pool and a subscription are cleaned up as well', async () => {
    const target = { method: 'POST', path: /close-for-update$/ }
    ground.fake.faults.next(target, { kind: 'status', status: 503 })
    const { failures, leftOver } = await ground.probe({ probes: pick('webhooks') })
    expect(failures).toMatchObject([expect.stringContaining('503')])
    expect(leftOver).toEqual([])
    const pools = ground.madePools()
    expect(ground.unarchivedPools()).toEqual([])
    expect(pools.map((id) => ground.model.poolOf(id).subscriptions.size)).toEqual([0])
  })

  test('what cannot be cleaned up is named, and the rest is cleaned up', async () => {
    const target = { method: 'DELETE', times: Number.POSITIVE_INFINITY }
    ground.fake.faults.next(target, { kind: 'status', status: 500 })
    const { leftOver } = await ground.probe({ probes: pick('webhooks') })
    const subscription = {
      kind: 'webhook-subscriptions',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      why: expect.stringContaining('500 INTERNAL_ERROR'),
      isRefused: false,
    }
    expect(leftOver).toEqual([subscription, subscription])
    expect(ground.unarchivedPools()).toEqual([])
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
    const pools = ground.madePools()
    // Those of the probes before, and of the training.
    expect(pools).toHaveLength(4)
    expect(ground.unarchivedPools()).toEqual([])
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
