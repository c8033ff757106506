import { beforeAll, expect, test } from '@jest/globals'
import { startInRounds } from './cold-start.ts'
import { buildColdStarts, type ColdStartBundles } from './cold-start-bundles.ts'
import { openColdStartGround } from './cold-start-ground.ts'
import { startCold } from './start-cold.ts'

let bundles: ColdStartBundles

beforeAll(async () => {
  bundles = await buildColdStarts('cold-start-test')
})

test('Whoever is compared does the whole work, each once in a round', async () => {
  const rounds = await startInRounds(bundles, 1, 0)

  expect(rounds.map((round) => [...round].map(([key, { result }]) => [key, result]))).toEqual([
    [
      ['empty webhook', { statusCode: 200 }],
      ['ours webhook', expect.objectContaining({ statusCode: 200 })],
      ['naive webhook', expect.objectContaining({ statusCode: 200 })],
      ['ours wake-up', { batchItemFailures: [] }],
      ['naive wake-up', { batchItemFailures: [] }],
      ['ours sweep', null],
      ['naive sweep', null],
    ],
  ])
  for (const { ms, cpuMs } of rounds.flatMap((round) => Array.from(round.values()))) {
    expect(ms).toBeGreaterThan(0)
    expect(cpuMs).toBeGreaterThan(0)
  }
})

test.each(['webhook', 'wake-up', 'sweep'] as const)(
  'That the %s did nothing would be noticed',
  async (name) => {
    const ground = await openColdStartGround()
    try {
      const { event, environment, check } = ground.prepare(name)
      const { result } = await startCold(bundles.program, bundles.empty, event, environment)
      await expect(check(result)).rejects.toThrow(/There is no|It did not/)
    } finally {
      await ground.close()
    }
  },
)

test('A function that does not start says why', async () => {
  const started = startCold(bundles.program, bundles.ours('webhook'), {}, {})
  await expect(started).rejects.toThrow('SERVICE_NAME is not set')
})
