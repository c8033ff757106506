import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

const dayMs = 24 * 3_600_000

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine()
})
afterEach(() => cli.close())

describe('hold and release', () => {
  test('a held pool is not archived until it is released', async () => {
    const poolId = addFinishedPool(cli.model)
    expect(await cli.run(['hold', poolId, '--reason', 'audit by finance'])).toEqual({
      exitCode: 0,
      out:
        `Pool ${poolId} is held until it is released.\n` +
        'Toloka itself archives idle pools after 30 or 90 days, hold or not.\n',
      err: '',
    })
    await cli.archiver.sweep()
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
    const hold = { by: 'ada', reason: 'audit by finance', until: 'for-ever' }
    expect(await cli.json(`explain ${poolId}`)).toMatchObject({ record: { state: 'held', hold } })

    expect((await cli.run(`release ${poolId}`)).exitCode).toBe(0)
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test.each([
    ['2026-02-01', Date.UTC(2026, 1, 1)],
    ['2026-02-01T18:30Z', Date.UTC(2026, 1, 1, 18, 30)],
    ['14d', beginsAt + 14 * dayMs],
  ])('a hold until %s ends by itself', async (until, at) => {
    const poolId = addFinishedPool(cli.model)
    await cli.run(`hold ${poolId} --until ${until}`)
    await cli.work()
    cli.clock.at = at - 60_000
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
    cli.clock.at = at
    await cli.archiver.sweep()
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test.each([
    'yesterday',
    '2026-02-31',
    '2026-13-01',
    '01.02.2026',
    '2026-02-01T18:30',
    '3w',
    '-1d',
  ])('a hold until %s is refused with an example', async (until) => {
    const { exitCode, out, err } = await cli.run(['hold', '17', `--until=${until}`])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain('Give a date such as 2026-12-31')
    expect(await cli.json('list')).toEqual({ pools: [] })
  })

  test('a hold that is over before it begins is refused', async () => {
    const { exitCode, err } = await cli.run('hold 17 --until 2026-01-01')
    expect(exitCode).toBe(2)
    expect(err).toContain('The hold would have ended already.')
  })

  test('an archived pool cannot be held, and nothing is changed', async () => {
    const poolId = addFinishedPool(cli.model)
    await cli.archiver.sweep()
    await cli.work()
    const before = await cli.archiver.store.get(poolId)
    const { exitCode, out } = await cli.run(`hold ${poolId}`)
    expect(exitCode).toBe(1)
    expect(out).toContain('it is archived, and nothing brings it back. Nothing was changed.')
    expect(await cli.archiver.store.get(poolId)).toEqual(before)
  })

  test('what is done twice is harmless', async () => {
    const poolId = addFinishedPool(cli.model)
    for (const words of [`hold ${poolId}`, `hold ${poolId}`, `release ${poolId}`]) {
      expect((await cli.run(words)).exitCode).toBe(0)
    }
    const released = await cli.archiver.store.get(poolId)
    expect((await cli.run(`release ${poolId}`)).exitCode).toBe(0)
    expect(await cli.archiver.store.get(poolId)).toEqual(released)
  })
})

describe('pause and resume', () => {
  test('nothing is archived while archiving is paused', async () => {
    const poolId = addFinishedPool(cli.model)
    expect((await cli.run('pause')).out).toContain('Archiving is paused')
    await cli.archiver.sweep()
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
    expect(await cli.json('list')).toMatchObject({ pools: [{ poolId, reason: 'paused' }] })

    expect((await cli.run('pause')).exitCode).toBe(0)
    expect((await cli.run('resume')).out).toContain('Archiving goes on')
    expect((await cli.run('resume')).exitCode).toBe(0)
    await cli.archiver.sweep()
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })
})
