import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

const dayMs = 24 * 3_600_000

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine()
})
afterEach(() => cli.close())

describe('list', () => {
  test('shows every pool with its state and why', async () => {
    const poolId = addFinishedPool(cli.model, 'Street signs')
    const rejected = addFinishedPool(cli.model, 'Receipts')
    cli.model.addAssignment(rejected, { status: 'REJECTED', at: beginsAt - dayMs })
    await cli.archiver.sweep()
    await cli.work()
    const { exitCode, out } = await cli.run('list')
    expect(exitCode).toBe(0)
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^POOL +NAME +STATE +REASON +NEXT LOOK \(UTC\)$/)
    expect(out).toMatch(new RegExp(`^${poolId} +Street signs +archived +already-archived +–$`, 'm'))
    expect(out).toMatch(
      new RegExp(`^${rejected} +Receipts +waiting +appeal-window +2026-01-13 11:01$`, 'm'),
    )
    expect(out).toContain('\n2 pools\n')
    expect(out).not.toMatch(/ $/m)
  })

  test('shows the pools of one state, for programs as well', async () => {
    addFinishedPool(cli.model)
    await cli.archiver.sweep()
    await cli.work()
    expect(await cli.json('list --state attention')).toEqual({ pools: [] })
    expect(await cli.run('list --state attention')).toEqual({
      exitCode: 0,
      out: 'No pools.\n',
      err: '',
    })
    expect(await cli.json('list --state archived')).toMatchObject({
      pools: [{ state: 'archived', dueAt: null }],
    })
  })

  test('lets no name of a pool steer the terminal', async () => {
    addFinishedPool(cli.model, '\u001b[2J\u202eevil\nname')
    await cli.archiver.sweep()
    await cli.work()
    const { out } = await cli.run('list')
    expect(out).toContain('\\u001b[2J\\u202eevil\\u000aname')
  })
})

describe('explain', () => {
  test('answers on one screen why a pool is not archived, and when it will be', async () => {
    const poolId = addFinishedPool(cli.model, 'Receipts')
    cli.model.addAssignment(poolId, { status: 'REJECTED', at: beginsAt - dayMs })
    await cli.archiver.sweep()
    await cli.work()
    const { exitCode, out } = await cli.run(`explain ${poolId}`)
    expect(exitCode).toBe(0)
    expect(out).toBe(`Pool ${poolId}  Receipts

Not archived: Something was rejected less than nine days ago; the worker may appeal. Next look: 2026-01-13 11:01 UTC, in 8 days.

What Toloka says (read at 2026-01-05 10:00 UTC)
  Status            CLOSED
  Project           1500
  Close reason      COMPLETED
  Started           2025-12-28 10:00 UTC, 8 days ago
  Closed            2026-01-03 10:00 UTC, 2 days ago
  Pending work      none
  Newest rejection  2026-01-04 10:00 UTC, 1 day ago
  Appeals end       2026-01-13 10:00 UTC, in 8 days

The rule
  pass  already-archived
  pass  pool-open
  pass  pool-locked
  pass  unknown-status
  pass  held-by-operator
  pass  keep-marker
  pass  project-out-of-scope
  pass  never-started
  pass  training
  pass  close-time-unknown
  pass  closed-for-update
  pass  close-reason-excluded
  pass  grace-period
  pass  exam-window
  pass  assignments-active
  pass  review-pending
  pass  unexpected-answer
  fail  appeal-window          Something was rejected less than nine days ago; the worker may appeal.
   -    unexpected-answer

What the archiver knows
  State      waiting (appeal-window)
  Next look  2026-01-13 11:01 UTC, in 8 days

What happened (UTC)
  2026-01-05 10:00  waiting  discovered
  2026-01-05 10:00  waiting  appeal-window
`)
  })

  test('works for a pool that the archiver has never seen', async () => {
    const poolId = addFinishedPool(cli.model)
    const { exitCode, out } = await cli.run(`explain ${poolId}`)
    expect(exitCode).toBe(0)
    expect(out).toContain('The archiver has not seen it yet. Nothing stands in the way')
    expect(await cli.json(`explain ${poolId}`)).toMatchObject({
      verdict: { action: 'archive', reason: 'eligible', until: null },
      facts: { status: 'CLOSED', pendingWork: null, newestRejectionAt: null },
      record: null,
    })
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
  })

  test('says so, and fails, if Toloka knows no such pool', async () => {
    const { exitCode, out } = await cli.run('explain 999')
    expect(exitCode).toBe(1)
    expect(out).toContain('Toloka could not be asked: GET /pools/999: 404 DOES_NOT_EXIST')
  })

  test('shows what is known while Toloka cannot be asked', async () => {
    const poolId = addFinishedPool(cli.model)
    await cli.archiver.sweep()
    await cli.work()
    cli.fake.faults.next({}, { kind: 'refusal', status: 401, code: 'AUTHENTICATION_ERROR' })
    const { exitCode, out } = await cli.run(`explain ${poolId}`)
    expect(exitCode).toBe(1)
    expect(out).toContain('Toloka could not be asked')
    expect(out).toMatch(/Operation +\S+ SUCCESS, submitted 2026-01-05 10:00, finished/)
  })

  test.each(['x', '17a', '-1', '..', ''])('refuses %j, which is no pool', async (poolId) => {
    const { exitCode, out } = await cli.run(['explain', '--', poolId])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
  })
})
