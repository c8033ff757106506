import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

let folder: TemporaryFolder

beforeEach(() => {
  folder = makeTemporaryFolder()
})
afterEach(() => folder.remove())

/** What a program complains about that is started in the folder. */
async function complaints(script: string, environment: Readonly<Record<string, string>> = {}) {
  const program = spawn(
    process.execPath,
    [resolve(script), ...(script.includes('cli') ? ['list'] : [])],
    {
      cwd: dirname(folder.file('x')),
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const [said, [code]] = await Promise.all([text(program.stderr), once(program, 'close')])
  return { said, code: Number(code) }
}

test.each(['functions/local/main.ts', 'functions/cli/main.ts'])(
  '%s reads the file named .env, but what the environment says comes first',
  async (script) => {
    writeFileSync(folder.file('.env'), 'PORT=of the file\nARCHIVE_MODE=of the file\n')
    const { said, code } = await complaints(script, { ARCHIVE_MODE: 'of the environment' })
    expect(code).toBe(2)
    expect(said).toContain('PORT = "of the file"')
    expect(said).toContain('ARCHIVE_MODE = "of the environment"')
  },
)
