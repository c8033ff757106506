import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine()
})
afterEach(() => cli.close())

const linesOf = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('export', () => {
  test('tells pools that we archived from those that somebody else did', async () => {
    const ours = addFinishedPool(cli.model, 'Street signs')
    const theirs = addFinishedPool(cli.model, 'Receipts')
    cli.model.archiveByHand(theirs)
    await cli.archiver.sweep()
    for (const poolId of [ours, theirs]) await cli.run(`retry ${poolId}`)
    await cli.work()
    const { exitCode, out } = await cli.run('export')
    expect(exitCode).toBe(0)
    expect(linesOf(out)).toMatchObject([
      { poolId: ours, name: 'Street signs', archivedBy: 'archiver', problem: null },
      { poolId: theirs, archivedBy: 'somebody-else', attempts: 0 },
    ])
  })

  test('writes a file that others cannot read, and says how much is in it', async () => {
    addFinishedPool(cli.model)
    await cli.archiver.sweep()
    const file = join(dirname(cli.config.dataFile), 'audit.jsonl')
    expect(await cli.run(['export', '--output', file])).toEqual({
      exitCode: 0,
      out: `1 pool in ${file}.\n`,
      err: '',
    })
    expect(linesOf(readFileSync(file, 'utf8'))).toHaveLength(1)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file}.unfinished`)).toBe(false)
  })

  test('leaves no half of a file, and says in one sentence why', async () => {
    const file = join(dirname(cli.config.dataFile), 'no-such-folder', 'audit.jsonl')
    const { exitCode, out, err } = await cli.run(['export', '--output', file])
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toMatch(/^The file .*audit\.jsonl cannot be written \(ENOENT\)\.\n$/)
    expect(err).not.toContain('    at ')
  })

  test('takes the place of an older export, and of no other file', async () => {
    const file = join(dirname(cli.config.dataFile), 'audit.jsonl')
    addFinishedPool(cli.model)
    await cli.archiver.sweep()
    for (let times = 0; times < 2; times += 1) {
      expect((await cli.run(['export', '--output', file])).exitCode).toBe(0)
    }
    const before = readFileSync(cli.config.dataFile)
    const { exitCode, err } = await cli.run(['export', '--output', cli.config.dataFile])
    expect(exitCode).toBe(1)
    expect(err).toContain('is there already, and is no export: give another name.')
    expect(readFileSync(cli.config.dataFile).equals(before)).toBe(true)
  })

  test('of no pools is empty', async () => {
    expect(await cli.run('export')).toEqual({ exitCode: 0, out: '', err: '' })
  })
})

describe('list', () => {
  test('shows what is due, by project and by reason', async () => {
    const poolId = addFinishedPool(cli.model)
    const other = addFinishedPool(cli.model)
    cli.model.addAssignment(poolId, { status: 'REJECTED', at: beginsAt })
    cli.model.addAssignment(other, { status: 'SUBMITTED', at: beginsAt })
    await cli.archiver.sweep()
    await cli.work()
    const found = async (words: string) => cli.json(`list ${words}`)
    const only = (id: string) => ({ pools: [expect.objectContaining({ poolId: id })] })
    expect(await found('--due 2d')).toEqual(only(other))
    expect(await found('--state waiting --reason appeal-window')).toEqual(only(poolId))
    expect(await found('--project 1500 --due 1d')).toEqual(only(other))
    expect(await found('--project 7')).toEqual({ pools: [] })
  })

  test.each([
    ['--due tomorrow', 'A duration is such as 30s, 90m, 36h or 2d.'],
    ['--state asleep', 'Allowed choices are watching, waiting'],
    ['--reason because', 'such as appeal-window or keep-marker'],
  ])('refuses %s with an example', async (words, example) => {
    const { exitCode, err } = await cli.run(`list ${words}`)
    expect(exitCode).toBe(2)
    expect(err).toContain(example)
  })
})
