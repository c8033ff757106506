import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine()
})
afterEach(() => cli.close())

/** The wake-up of a pool fails for good. */
async function bury(poolId: string, problem = 'TypeError: it broke'): Promise<void> {
  const { queue, clock } = cli.archiver
  await queue.request({ version: 1, poolId, cause: 'timer', dueAt: clock.now() })
  for (const { id } of await queue.takeDue(clock.now(), 9)) await queue.bury(id, problem)
}

describe('redrive', () => {
  test('without dead letters is done', async () => {
    expect(await cli.run('redrive')).toEqual({ exitCode: 0, out: 'No dead letters.\n', err: '' })
  })

  test('shows dead letters, and changes nothing until somebody says yes', async () => {
    const poolId = addFinishedPool(cli.model)
    await bury(poolId, 'TypeError: \u001b[2Jit broke')
    const { exitCode, out } = await cli.run('redrive')
    expect(exitCode).toBe(3)
    expect(out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'POOL | SINCE (UTC) | FAILED | WHY',
      `${poolId} | 2026-01-05 10:00 | 1 | TypeError: \\u001b[2Jit broke`,
      '',
      'Nothing was changed. Add --yes to put them back; what is no wake-up needs --drop-unreadable.',
      '',
    ])
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
  })

  test('puts them back, so that the archiver looks at their pools', async () => {
    const poolId = addFinishedPool(cli.model)
    await bury(poolId)
    const { exitCode, out } = await cli.run('redrive --yes')
    expect(exitCode).toBe(0)
    expect(out).toContain('1 dead letter put back: the archiver looks at its pool now.')
    expect((await cli.run('redrive --yes')).out).toBe('No dead letters.\n')
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('on a terminal asks, and takes yes for an answer', async () => {
    await bury('17')
    const { exitCode, err } = await cli.watch('redrive', 'yes\n')
    expect(exitCode).toBe(0)
    expect(err).toContain('Take it out, and have its pool looked at? Type yes to go on:')
    expect(err).toContain('TypeError: it broke')
  })

  test('takes as many as it is told to, the oldest first', async () => {
    for (const poolId of ['11', '12', '13']) await bury(poolId)
    const { exitCode, out } = await cli.run('redrive --yes --limit 2')
    expect(exitCode).toBe(3)
    expect(out).toContain('2 dead letters put back: the archiver looks at their pools now.')
    expect(out).toContain('There may be more: run it again.')
    expect(await cli.json('redrive')).toMatchObject({
      deadLetters: [{ poolId: '13', problem: 'TypeError: it broke', failures: 1 }],
      redriven: 0,
      kept: 1,
    })
  })

  test.each(['0', '-1', '1.5', 'all', '1000000'])('refuses a limit of %s', async (limit) => {
    const { exitCode, err } = await cli.run(['redrive', `--limit=${limit}`])
    expect(exitCode).toBe(2)
    expect(err).toContain('Give a number from 1 to 999999, such as 10.')
  })

  test('drops what is no wake-up only if it is told to', async () => {
    await bury('no-pool')
    const kept = await cli.run('redrive --yes')
    expect(kept).toMatchObject({ exitCode: 3, out: expect.stringContaining('Nothing was changed') })
    const dropped = await cli.run('redrive --yes --drop-unreadable')
    expect(dropped.exitCode).toBe(0)
    expect(dropped.out).toContain('1 dead letter removed.')
  })
})
