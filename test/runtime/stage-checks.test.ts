import { expect, test } from '@jest/globals'
import { checkUp } from '../../functions/application/check-up.ts'
import { stageChecks, type StageProbes } from '../../functions/runtime/stage-checks.ts'

const well: StageProbes = {
  readWebhookSecret: async () => 'a-webhook-secret-of-these-tests-only',
  countWakeUps: async () => 3,
  countSchedules: async () => ({ count: 100, isAtLeast: true }),
}

async function levels(change: Partial<StageProbes> = {}): Promise<readonly string[]> {
  const results = await checkUp(stageChecks({ ...well, ...change }))
  return results.map(({ name, level, text }) => `${name} ${level}: ${text}`)
}

test('A stack that is well', async () => {
  expect(await levels()).toEqual([
    'webhook secret green: there, long enough',
    'queue green: 3 waiting',
    'schedules green: 100 or more, that of the sweep among them',
  ])
})

test.each<readonly [Partial<StageProbes>, string]>([
  [
    { readWebhookSecret: async () => 'short' },
    'webhook secret red: expected 32 characters or more, random ones, in one line',
  ],
  [{ countWakeUps: async () => 1_001 }, 'queue yellow: 1001 waiting'],
  [
    { countSchedules: async () => ({ count: 0, isAtLeast: false }) },
    'schedules red: none, not even that of the sweep',
  ],
  [{ countWakeUps: () => Promise.reject(new Error('Access denied')) }, 'queue red: Access denied'],
])('What is wrong is said, case %#', async (change, line) => {
  const lines = await levels(change)
  expect(lines).toContain(line)
  expect(lines.join()).not.toContain('short-secret')
})
