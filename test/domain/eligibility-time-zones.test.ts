import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { judgeSeededCases } from '../support/seeded-verdicts.ts'

const root = join(__dirname, '../..')

const script = `
  import { judgeSeededCases } from './test/support/seeded-verdicts.ts'
  const julyOffset = new Date(1_782_864_000_000).getTimezoneOffset()
  process.stdout.write(JSON.stringify({ julyOffset, verdicts: judgeSeededCases() }))
`

test.each([
  ['America/St_Johns', 150],
  ['Europe/Berlin', -120],
  ['Pacific/Kiritimati', -840],
])('On a machine in %s the rule says what it says here', async (zone, julyOffset) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: root, env: { ...process.env, TZ: zone }, maxBuffer: 10_000_000 },
  )
  expect(JSON.parse(stdout)).toEqual({ julyOffset, verdicts: judgeSeededCases() })
})
