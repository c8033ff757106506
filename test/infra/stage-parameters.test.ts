import { describe, expect, test } from '@jest/globals'
import { ConfigError } from '../../functions/runtime/config-error.ts'
import { planStage, type StagePlan } from '../../infra/stage-plan.ts'
import { parameterNames, readStageParameters } from '../../infra/stage-parameters.ts'
import { packageStack, tokenArn } from './package-stack.ts'

const wrong = {
  TOLOKA_TOKEN: 'not-to-be-shown',
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/not-to-be-shown',
  SWEEP_INTERVAL: '90s',
  CLOSE_REASONS: 'FOR_UPDATE',
  MAX_RECEIVE_COUNT: 'x',
  WAKE_UP_CONCURRENCY: '1',
  QUEUE_HORIZON: '16m',
  VISIBILITY_TIMEOUT: '13h',
  NOTIFICATION_EMAIL: 'nobody',
  WEBHOOK_URL: 'the-stack',
  LOG_RETENTION_DAYS: '31',
  EXCLUDED_PROJECT: '1',
  HOST: '127.0.0.1',
}

const namesOf = (text: string): string[] =>
  [...text.matchAll(/^ +([A-Z_]+) (?:=|is |does )/gm)].map(([, name = '']) => name).toSorted()

test('all that is wrong is said at once, and stops the packaging', async () => {
  const words = Object.entries(wrong).map(([name, text]) => `${name}=${text}`)
  const packaging = packageStack('wrong-parameters', 'dev', words)

  const problem = await packaging.then(
    () => 'nothing',
    (error: unknown) =>
      String(Reflect.get(Object(error), 'stdout')) + String(Reflect.get(Object(error), 'stderr')),
  )

  expect(namesOf(problem)).toEqual(Object.keys(wrong).toSorted())
  expect(problem).toContain('EXCLUDED_PROJECT is not a stage parameter: expected EXCLUDED_PROJECTS')
  expect(problem).toContain('MAX_RECEIVE_COUNT = "x" does not fit: expected a whole number')
  expect(problem).not.toContain('not-to-be-shown')
  expect(problem).not.toMatch(/at readStageParameters/)
})

describe('a wrong parameter', () => {
  test.each(Object.entries(wrong))('%s = %s is a problem by itself', (name, text) => {
    expect(problemsOf({ TOLOKA_TOKEN: tokenArn, [name]: text })).toEqual([name])
  })

  test.each([
    ['SWEEP_INTERVAL', '25h'],
    ['SWEEP_INTERVAL', '30s'],
    ['TOLOKA_TOKEN', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:token'],
    ['PROJECTS', '["1"]'],
  ])('%s = %s is one, too', (name, text) => {
    expect(problemsOf({ TOLOKA_TOKEN: tokenArn, [name]: text })).toEqual([name])
  })

  test('is a list, which YAML makes of a marker without quotes', () => {
    expect(problemsOf({ TOLOKA_TOKEN: tokenArn, KEEP_MARKER: ['keep'] })).toEqual(['KEEP_MARKER'])
  })

  test('is a missing token, but for commands that deploy nothing', () => {
    expect(problemsOf({ WITHOUT_TOKEN: 'true' })).toEqual([])
    expect(
      readStageParameters({ WITHOUT_TOKEN: 'true', TOLOKA_TOKEN: tokenArn }).given['TOLOKA_TOKEN'],
    ).toBe(tokenArn)
    expect(problemsOf({})).toEqual(['TOLOKA_TOKEN'])
  })
})

describe('the plan of a stage', () => {
  test('hands parameters on as they were given, and others empty', () => {
    const { parameters } = plan({ MAX_ARCHIVES_PER_DAY: 5, PROJECTS: '', KEEP_MARKER: null })

    expect(Object.keys(parameters)).toEqual(parameterNames)
    expect(Object.entries(parameters).filter(([, text]) => text !== '')).toEqual([
      ['MAX_ARCHIVES_PER_DAY', '5'],
      ['TOLOKA_TOKEN', tokenArn],
    ])
  })

  test('has defaults for what CloudFormation needs', () => {
    expect(plan({})).toMatchObject({
      logRetentionDays: 90,
      wakeUpConcurrency: 2,
      wakeUpTimeoutSeconds: 120,
      visibilityTimeoutSeconds: 720,
      maxReceiveCount: 5,
      sweepRate: 'rate(60 minutes)',
      sweepSeconds: 3600,
      missingSweepSeconds: 3600,
      overdueSeconds: 7200,
    })
  })

  test.each([
    ['nothing', {}, ''],
    [
      'its own address',
      { WEBHOOK_URL: 'stack' },
      '${file(infra/outputs.yml):Outputs.WebhookUrl.Value}',
    ],
    ['another', { WEBHOOK_URL: 'https://example.org/hook?of=1' }, 'https://example.org/hook?of=1'],
  ])('gives Toloka %s', (_what, given, webhookUrl) => {
    expect(plan(given)).toMatchObject({ webhookUrl })
  })

  test.each([
    ['1m', 'rate(1 minute)', 60, 600],
    ['90m', 'rate(90 minutes)', 5400, 5400],
    ['1d', 'rate(1440 minutes)', 86_400, 86_400],
  ])('sweeps every %s', (text, sweepRate, sweepSeconds, missingSweepSeconds) => {
    const expected = { sweepRate, sweepSeconds, missingSweepSeconds }

    expect(plan({ SWEEP_INTERVAL: text })).toMatchObject(expected)
  })

  test('never lets a function run longer than its message is hidden', () => {
    expect(plan({ VISIBILITY_TIMEOUT: '30s' })).toMatchObject({
      wakeUpTimeoutSeconds: 30,
      visibilityTimeoutSeconds: 30,
    })
  })

  test('keeps records in prod only', () => {
    const kept = ['dev', 'prod', 'prod-2'].map((stage) => plan({}, stage).tableDeletionPolicy)

    expect(kept).toEqual(['Delete', 'Retain', 'Delete'])
  })
})

function problemsOf(given: Readonly<Record<string, unknown>>): string[] {
  try {
    readStageParameters(given)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ name }) => name)
  }
}

function plan(some: Readonly<Record<string, unknown>>, stage = 'dev'): StagePlan {
  const parameters = readStageParameters({ TOLOKA_TOKEN: tokenArn, ...some })
  return planStage({ service: 'archiver', stage, parameters })
}
