import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

const dayMs = 24 * 3_600_000

let cli: CommandLine
let folder: TemporaryFolder
let file: string

beforeEach(async () => {
  cli = await openCommandLine({ MAX_REQUESTS_PER_SECOND: '300' })
  folder = makeTemporaryFolder()
  file = folder.file('plan.json')
})
afterEach(async () => {
  await cli.close()
  folder.remove()
})

/** Three pools: one is finished, one has a rejection, one is a draft. */
function addPools(): { finished: string; rejected: string; draft: string } {
  const finished = addFinishedPool(cli.model, 'Street signs')
  const rejected = addFinishedPool(cli.model, 'Receipts')
  cli.model.addAssignment(rejected, { status: 'REJECTED', at: beginsAt - dayMs })
  const draft = cli.model.createPool({ private_name: 'Draft' })
  return { finished, rejected, draft }
}

describe('plan', () => {
  test('says of every closed pool what would become of it, when and why', async () => {
    const { finished, rejected, draft } = addPools()
    const { exitCode, out, err } = await cli.run('plan')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).toBe(
      [
        'POOL      NAME          PLAN     WHEN (UTC)        WHY',
        `${finished}  Street signs  archive  now               eligible`,
        `${rejected}  Receipts      archive  2026-01-13 11:01  appeal-window`,
        `${draft}  Draft         keep     –                 never-started`,
        '',
        '1 pool would be archived today, 1 later, 1 kept.',
        '',
      ].join('\n'),
    )
    expect(cli.model.statusOf(finished)).toBe('CLOSED')
    expect(await cli.json('list')).toEqual({ pools: [] })
  })

  test('of an account without closed pools says so', async () => {
    expect((await cli.run('plan')).out).toBe(
      'No closed pools.\n\n0 pools would be archived today, 0 later, 0 kept.\n',
    )
  })

  test('names what needs a person, and what keeps everything from being archived', async () => {
    const { finished } = addPools()
    cli.fake.faults.next({ path: '/assignments' }, { kind: 'refusal', status: 403, code: 'NO' })
    await cli.run('pause')
    const { out } = await cli.run('plan')
    expect(out).toContain('Archiving is paused by ada since 2026-01-05 10:00 UTC')
    expect(out).toContain('0 pools would be archived today, 1 later, 1 kept, 1 unreadable.')
    expect(out).toMatch(new RegExp(`^${finished} +Street signs +unreadable +– +GET .*403`, 'm'))
  })

  test('lets no name of a pool steer the terminal', async () => {
    addFinishedPool(cli.model, '\u001b[2J\nname')
    expect((await cli.run('plan')).out).toContain('\\u001b[2J\\u000aname')
  })

  test('keeps the plan in a file that only its owner reads, and compares it with a later one', async () => {
    const { finished, rejected, draft } = addPools()
    const { out } = await cli.run(['plan', '--output', file])
    expect(out).toContain(`\nThe plan is in ${file}.\n`)
    expect(statSync(file).mode % 0o1000).toBe(0o600)
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(kept).toMatchObject({ complete: true, summary: { today: 1, later: 1, kept: 1 } })
    expect(kept).toEqual(await cli.json('plan'))

    const same = await cli.run(['plan', '--compare', file, '--output', file])
    expect(same.out).toContain('Nothing is different.')

    cli.clock.at += dayMs
    await cli.archiver.sweep()
    await cli.work()
    cli.model.addAssignment(rejected, { status: 'REJECTED', at: beginsAt })
    cli.model.editPool(draft, { private_comment: '[keep]' })
    const added = addFinishedPool(cli.model, 'New')
    const changed = await cli.run(['plan', '--compare', file])
    expect(changed.exitCode).toBe(0)
    const lines = changed.out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))
    expect(lines).toEqual([
      'Since the plan of 2026-01-05 10:00 UTC',
      '',
      ' | POOL | NAME | BEFORE | NOW',
      `moved | ${rejected} | Receipts | archive 2026-01-13 11:01 (appeal-window) | archive 2026-01-14 11:01 (appeal-window)`,
      `changed | ${draft} | Draft | keep (never-started) | keep (keep-marker)`,
      `new | ${added} | New | – | archive 2026-01-06 10:00 (eligible)`,
      `gone | ${finished} | Street signs | archive 2026-01-05 10:00 (eligible) | –`,
      '',
      '4 differences.',
      '1 pool would be archived today, 1 later, 1 kept.',
      '',
    ])
    expect(await cli.json(`plan --compare ${file}`)).toMatchObject({
      differences: [{ kind: 'moved' }, { kind: 'changed' }, { kind: 'new' }, { kind: 'gone' }],
    })
  })

  test('that stops half-way is an error, shows what was found, and writes no file', async () => {
    for (let pool = 0; pool < 301; pool += 1) cli.model.createPool({})
    cli.fake.faults.next(
      { parameter: 'id_gt', times: Infinity },
      { kind: 'refusal', status: 401, code: 'AUTHENTICATION_ERROR' },
    )
    const { exitCode, out } = await cli.run(['plan', '--output', file])
    expect(exitCode).toBe(1)
    expect(out).toContain('0 pools would be archived today, 0 later, 300 kept.')
    expect(out).toMatch(
      /\n\nThis is NOT the whole plan: after 300 pools .*401.* Try again later\.\n$/,
    )
    expect(() => statSync(file)).toThrow('ENOENT')
    expect(await cli.json('plan')).toMatchObject({ complete: false, problem: expect.any(String) })
  })

  test('that cannot even begin is one sentence', async () => {
    expect(await cli.runWith({ token: null }, 'plan')).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('TOLOKA_TOKEN is not set'),
    })
    cli.fake.faults.next({ times: Infinity }, { kind: 'refusal', status: 401, code: 'NO' })
    const { exitCode, err } = await cli.run('plan')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/^Toloka did not answer as hoped: GET \/requester: 401[^\n]*\n$/)
  })
})

describe('A file for a plan', () => {
  test.each([
    ['is not there', null, 'cannot be read (ENOENT)'],
    ['is no plan', '{"plan":2}', 'is no whole plan'],
    ['is no JSON', 'x', 'is no whole plan'],
  ])('that %s cannot be compared with', async (_name, content, problem) => {
    if (content !== null) writeFileSync(file, content)
    const { exitCode, out, err } = await cli.run(['plan', '--compare', file])
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toContain(`The file ${file} ${problem}`)
    expect(cli.model.requests.total).toBe(0)
  })

  test('that is something else is not written over', async () => {
    writeFileSync(file, 'my letters')
    expect((await cli.run(['plan', '--output', file])).exitCode).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe('my letters')
  })

  test('cannot be where there is no folder', async () => {
    const { exitCode, err } = await cli.run(['plan', '--output', folder.file('no/plan.json')])
    expect(exitCode).toBe(1)
    expect(err).toMatch(/^The file .* cannot be written \(ENOENT\)\.\n$/)
  })

  test('of another account is refused before anything is planned', async () => {
    await cli.run(['plan', '--output', file])
    const other = readFileSync(file, 'utf8').replace(cli.model.requesterId, 'somebody-else')
    writeFileSync(file, other)
    const { exitCode, err } = await cli.run(['plan', '--compare', file])
    expect(exitCode).toBe(2)
    expect(err).toContain('The earlier plan is of requester somebody-else at')
  })
})

test('Whoever looks sees how far a plan has come', async () => {
  addPools()
  const { err, exitCode } = await cli.watch('plan')
  expect(exitCode).toBe(0)
  expect(err).toContain('0 of 0 pools, 1 request, counting')
  expect(err).toContain('1 of 3 pools, 4 requests, about 0 min left')
  expect(err.endsWith('\r\u001b[K')).toBe(true)
})
