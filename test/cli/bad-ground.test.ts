import { copyFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openCommandLine, type CommandLine } from './command-line.ts'

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine()
})
afterEach(() => cli.close())

const commands = ['list', 'explain 17', 'hold 17', 'pause', 'retry 17', 'export', 'redrive']

test.each(commands)('%s says in one sentence that there is no data file', async (words) => {
  const dataFile = join(dirname(cli.config.dataFile), 'mistyped.sqlite')
  const { exitCode, out, err } = await cli.runWith({ dataFile }, words)
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
  expect(err).toBe(
    `Data file ${dataFile} does not exist. Check DATA_FILE, or start the archiver first.\n`,
  )
})

test.each(commands)('%s says in one sentence that the data file is damaged', async (words) => {
  const dataFile = join(dirname(cli.config.dataFile), 'damaged.sqlite')
  copyFileSync(cli.config.dataFile, dataFile)
  writeFileSync(dataFile, Buffer.alloc(8_192, 7))
  const { exitCode, out, err } = await cli.runWith({ dataFile }, words)
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
  expect(err).toMatch(/^Data file .*damaged\.sqlite is not a data file of the archiver.*\n$/)
})

test('without a command, help is shown, and nothing was done', async () => {
  const { exitCode, out, err } = await cli.run([])
  expect(exitCode).toBe(2)
  expect(out + err).toContain('Usage: npm run cli --')
})
