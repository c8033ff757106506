import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import * as z from 'zod/mini'

const report = z.object({
  pools: z.array(z.object({ life: z.string(), endedAsItShould: z.boolean() })),
  early: z.int(),
  twice: z.int(),
  forgotten: z.int(),
})

test('The demo ends well, and tells a machine so', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/demo/main.ts', '--json'], {
    encoding: 'utf8',
  })
  const { pools, ...faults } = z.parse(report, JSON.parse(stdout))
  expect(pools).toHaveLength(15)
  expect(pools.filter(({ endedAsItShould }) => !endedAsItShould)).toEqual([])
  expect(faults).toEqual({ early: 0, twice: 0, forgotten: 0 })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
