import { afterEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

const dayMs = 24 * 3_600_000
const hourMs = 3_600_000

let cli: CommandLine

afterEach(() => cli.close())

/** A pool that was closed by hand an hour ago, which waits for a week. */
function addPoolClosedByHand(change: Readonly<Record<string, unknown>> = {}): string {
  return cli.model.createPool(
    { private_name: 'Street signs' },
    {
      createdAt: beginsAt - 9 * dayMs,
      lastStartedAt: beginsAt - 8 * dayMs,
      lastStoppedAt: beginsAt - hourMs,
      lastCloseReason: 'MANUAL',
      ...change,
    },
  )
}

async function sweepAndWork(): Promise<void> {
  await cli.archiver.sweep()
  await cli.work()
}

describe('archive-now', () => {
  test('skips the grace of a close reason', async () => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand()
    await sweepAndWork()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')

    expect(await cli.run(`archive-now ${poolId} --yes`)).toEqual({
      exitCode: 0,
      out: `Pool ${poolId}: asked for; the archiver does it now.\n`,
      err: '',
    })
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
    expect(cli.model.violations).toEqual([])
    expect(await cli.json(`explain ${poolId}`)).toMatchObject({
      record: { state: 'archived', override: { by: 'ada', despite: null } },
    })
  })

  test('does nothing unless somebody says yes', async () => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand()
    const { exitCode, out } = await cli.run(`archive-now ${poolId}`)
    expect({ exitCode, out }).toEqual({
      exitCode: 2,
      out: 'Nothing was done. Answer yes, or say --yes.\n',
    })
    expect(await cli.archiver.store.get(poolId)).toBeNull()
  })

  test('waits for the end of the appeals, and archives then', async () => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand()
    cli.model.addAssignment(poolId, { status: 'REJECTED', at: beginsAt - 2 * dayMs })
    const { exitCode, out } = await cli.run(`archive-now ${poolId} --yes`)
    expect(exitCode).toBe(0)
    expect(out).toContain(
      'the worker may appeal. It is archived when that is over: 2026-01-12 11:00',
    )
    const appealsEndAt = beginsAt + 7 * dayMs
    for (const at of [beginsAt, appealsEndAt, appealsEndAt + 2 * hourMs]) {
      expect(cli.model.statusOf(poolId)).toBe('CLOSED')
      cli.clock.at = at
      await cli.work()
    }
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
    expect(cli.model.violations).toEqual([])
  })

  test.each([
    ['never-started', { lastStartedAt: null, lastStoppedAt: null, lastCloseReason: null }],
    ['close-reason-excluded', { lastCloseReason: 'NOT_ENOUGH_BALANCE' }],
  ] as const)('is the way out for %s', async (reason, change) => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand(change)
    const refused = await cli.run(`archive-now ${poolId} --yes`)
    expect(refused.exitCode).toBe(1)
    expect(refused.out).toContain(`--despite ${reason}.`)
    expect((await cli.run(`archive-now ${poolId} --despite ${reason} --yes`)).exitCode).toBe(0)
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('of a draft on which somebody works says when it is looked at again', async () => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand({ lastStartedAt: null, lastStoppedAt: null })
    cli.model.addAssignment(poolId, { status: 'ACTIVE' })
    const { exitCode, out } = await cli.run(`archive-now ${poolId} --despite never-started --yes`)
    expect(exitCode).toBe(0)
    expect(out).toContain('Somebody is still working on an assignment.')
    expect(out).toMatch(/2026-\d\d-\d\d \d\d:\d\d/)
  })

  test('says what blocks, and changes nothing', async () => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand({ status: 'OPEN' })
    const { exitCode, out } = await cli.run(`archive-now ${poolId} --yes`)
    expect(exitCode).toBe(1)
    expect(out).toBe(
      `Pool ${poolId} cannot be archived now: The pool is open. It is looked at again when it ` +
        'closes. Close it at Toloka first.\n',
    )
    expect(await cli.archiver.store.get(poolId)).toBeNull()
  })

  test('does not pass over a hold, and a hold takes it back', async () => {
    cli = await openCommandLine()
    const poolId = addPoolClosedByHand()
    await cli.run(`hold ${poolId}`)
    expect((await cli.run(`archive-now ${poolId} --yes`)).out).toContain('Release it first.')

    await cli.run(`release ${poolId}`)
    await cli.run(`archive-now ${poolId} --yes`)
    await cli.run(`hold ${poolId}`)
    await cli.run(`release ${poolId}`)
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
    expect(await cli.json('list')).toMatchObject({ pools: [{ poolId, reason: 'grace-period' }] })
  })

  test('archives nothing while the archiver only watches', async () => {
    cli = await openCommandLine({ ARCHIVE_MODE: 'observe' })
    const poolId = addPoolClosedByHand()
    const { exitCode, out } = await cli.run(`archive-now ${poolId} --yes`)
    expect(exitCode).toBe(1)
    expect(out).toContain('the archiver only watches (ARCHIVE_MODE=observe). Nothing was changed.')
    expect(await cli.archiver.store.get(poolId)).toBeNull()
  })

  test('comes too late for a pool whose operation is under way', async () => {
    cli = await openCommandLine()
    const poolId = addFinishedPool(cli.model)
    cli.model.scriptArchive(poolId, { kind: 'stuck' })
    await sweepAndWork()
    const before = await cli.archiver.store.get(poolId)
    const { exitCode, out } = await cli.run(`archive-now ${poolId} --yes`)
    expect(exitCode).toBe(1)
    expect(out).toContain('the archive request is on its way')
    expect(await cli.archiver.store.get(poolId)).toEqual(before)
  })
})

describe('retry', () => {
  test('looks at once at a pool that waits after a failed operation', async () => {
    cli = await openCommandLine()
    const poolId = addFinishedPool(cli.model)
    cli.model.scriptArchive(poolId, { kind: 'fail', afterMs: 0 })
    await sweepAndWork()
    expect(await cli.json('list')).toMatchObject({ pools: [{ reason: 'operation-failed' }] })

    expect((await cli.run(`retry ${poolId}`)).out).toContain('the archiver looks at it now')
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
    const { exitCode, out } = await cli.run(`retry ${poolId}`)
    expect(exitCode).toBe(1)
    expect(out).toContain('it is archived, and nothing brings it back')
  })

  test('does not ask again for a pool that Toloka calls archived', async () => {
    cli = await openCommandLine()
    const poolId = addFinishedPool(cli.model)
    cli.model.scriptArchive(poolId, { kind: 'success-but-not-archived', forMs: 9 * dayMs })
    await sweepAndWork()
    const asked = cli.model.archiveRequestsOf(poolId).length
    expect(asked).toBe(1)
    await cli.run(`retry ${poolId}`)
    await cli.work()
    expect(cli.model.archiveRequestsOf(poolId)).toHaveLength(asked)
  })
})
