import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import { openLocalConsole } from '../../functions/runtime/local-console.ts'
import { addFinishedPool } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine()
})
afterEach(() => cli.close())

/** As the archiver would write it. */
async function writeAccount(change: Parameters<typeof changeAccount>[1]): Promise<void> {
  const console = openLocalConsole(cli.config, cli.archiver.clock)
  await changeAccount(console.dependencies, change)
  console.close()
}

describe('sweep', () => {
  test('finds closed pools, and the archiver works them off', async () => {
    const poolId = addFinishedPool(cli.model)
    expect(await cli.run('sweep')).toEqual({
      exitCode: 0,
      out:
        '1 closed pool listed: 1 new, 0 changed.\n' +
        '1 pool woken, 0 of them overdue; the archiver looks at them.\n',
      err: '',
    })
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('twice is harmless, and leaves the place to the archiver', async () => {
    addFinishedPool(cli.model)
    await cli.run('sweep')
    await cli.work()
    expect(await cli.json('sweep')).toMatchObject({
      outcome: 'finished',
      discovered: 0,
      problem: null,
    })
    expect(await cli.archiver.sweep()).toMatchObject({ outcome: 'finished' })
  })

  test('does nothing while the archiver sweeps, and says for how long at the most', async () => {
    const until = cli.clock.at + 15 * 60_000
    await writeAccount((state) => ({ sweep: { ...state.sweep, lease: { owner: 'local', until } } }))
    expect(await cli.run('sweep')).toEqual({
      exitCode: 1,
      out:
        'Another sweep is under way; this one did nothing. ' +
        'Its place is kept until 2026-01-05 10:15 UTC at the latest.\n',
      err: '',
    })
    expect(cli.model.requests.total).toBe(0)
  })

  test('says why it stopped, and how far it came', async () => {
    cli.fake.faults.next(
      { path: /pools/, times: Infinity },
      { kind: 'refusal', status: 400, code: 'OUT_OF_ORDER' },
    )
    const { exitCode, out } = await cli.run('sweep')
    expect(exitCode).toBe(1)
    expect(out).toContain('The sweep stopped, and the next one goes on from there: GET /pools?')
    expect(out).toContain('0 closed pools listed')
  })

  test('asks nothing of a Toloka that does not accept the token', async () => {
    const error = { call: 'GET /pools', status: 401, code: null, message: '', requestId: null }
    const { at } = cli.clock
    await writeAccount(() => ({
      denied: { since: at, nextProbeAt: at + 3_600_000, error: { ...error, at } },
    }))
    const { exitCode, out } = await cli.run('sweep')
    expect(exitCode).toBe(1)
    expect(out).toContain('Toloka does not accept the token since 2026-01-05T10:00:00.000Z.')
  })

  test('without a token says which setting is missing', async () => {
    const { exitCode, out, err } = await cli.runWith({ token: null }, 'sweep')
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain('TOLOKA_TOKEN is not set, and this asks Toloka.')
    expect((await cli.runWith({ token: null }, 'explain 17')).out).toContain('no usable token')
  })
})
