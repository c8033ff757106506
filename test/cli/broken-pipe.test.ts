import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'

test('A reader that has had enough, such as head, is no trouble', async () => {
  const program = spawn(process.execPath, [resolve('functions/cli/main.ts'), '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  program.stdout.destroy()
  const [complaints, [code]] = await Promise.all([text(program.stderr), once(program, 'close')])
  expect({ complaints, code }).toEqual({ complaints: '', code: 0 })
})

test('A full disk is an error, not the end of what there is to say', () => {
  const program = spawnSync(process.execPath, [resolve('functions/cli/main.ts'), '--help'], {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    encoding: 'utf8',
  })
  expect(program.status).toBe(1)
  expect(program.stderr).toMatch(/^What was said is not complete: .*ENOSPC/)
})
