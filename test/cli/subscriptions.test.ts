import { afterEach, describe, expect, test } from '@jest/globals'
import { beginsAt } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

const hourMs = 3_600_000
const webhookUrl = 'https://archiver.example.org/webhooks/toloka'

let cli: CommandLine

afterEach(() => cli.close())

function openPool(): string {
  return cli.model.createPool({}, { status: 'OPEN', lastStartedAt: beginsAt - hourMs })
}

describe('subscriptions', () => {
  test('shows what is covered, and puts in place what is not', async () => {
    cli = await openCommandLine({ WEBHOOK_URL: webhookUrl })
    const poolId = openPool()
    const before = await cli.run('subscriptions')
    expect(before.exitCode).toBe(3)
    expect(before.out).toMatch(new RegExp(`^${poolId} +missing$`, 'm'))
    expect(before.out).toContain('To put in place: 1, to remove: 0.')

    expect(await cli.run('subscriptions --keep')).toEqual({
      exitCode: 0,
      out: '0 pools covered already, 1 put in place, 0 removed.\n',
      err: '',
    })
    expect((await cli.run('subscriptions --keep')).out).toContain('1 pool covered already, 0 put')
    expect(await cli.json('subscriptions')).toEqual({
      webhookUrl: expect.stringMatching(/^https:\/\/archiver\.example\.org\/.*secret-version=/),
      pools: [{ poolId, coverage: 'covered' }],
      toRemove: [],
    })
    expect((await cli.run('subscriptions')).exitCode).toBe(0)
  })

  test('has Toloka send a test event, and explains what came of it', async () => {
    cli = await openCommandLine({ WEBHOOK_URL: webhookUrl })
    const poolId = openPool()
    expect((await cli.run(`subscriptions --test ${poolId}`)).out).toContain('has no subscription')
    await cli.run('subscriptions --keep')
    const { exitCode, out } = await cli.run(`subscriptions --test ${poolId}`)
    expect(exitCode).toBe(3)
    expect(out).toContain('Toloka could not connect. Can WEBHOOK_URL be reached')
  })

  test('explains that webhooks may have to be enabled for the account', async () => {
    cli = await openCommandLine({ WEBHOOK_URL: webhookUrl })
    const refused = { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' } as const
    cli.fake.faults.next({ path: '/webhook-subscriptions', times: 2 }, refused)
    const shown = await cli.run('subscriptions')
    expect(shown.exitCode).toBe(1)
    expect(shown.err).toContain("ask Toloka's support")
    expect(shown.err).not.toContain('    at ')
    const kept = await cli.run('subscriptions --keep')
    expect(kept.exitCode).toBe(1)
    expect(kept.out).toContain("ask Toloka's support")
  })

  test.each([
    ['subscriptions', 'WEBHOOK_URL is not set'],
    ['subscriptions --test x', 'The id of a pool is digits'],
    ['subscriptions --keep --test 17', "'--test <pool>' cannot be used with option '--keep'"],
  ])('%s is refused with a reason', async (line, reason) => {
    cli = await openCommandLine()
    const { exitCode, err } = await cli.run(line)
    expect(exitCode).toBe(2)
    expect(err).toContain(reason)
  })
})
