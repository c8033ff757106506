import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
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

test('The demo leaves its page open if it is asked to, until it is interrupted', async () => {
  const demo = spawn(process.execPath, ['test/demo/main.ts', '--json', '--serve'], {
    env: { PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [line]: unknown[] = await once(createInterface(demo.stderr), 'line')
  const [, url = ''] = /page of these pools: (http\S+)/.exec(String(line)) ?? []
  expect(await (await fetch(url)).text()).toContain('Street signs')
  demo.kill('SIGINT')
  expect(await once(demo, 'close')).toEqual([0, null])
})
