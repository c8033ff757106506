import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { killAll, startArchiver, type Program } from './archiver-process.ts'
import { addFinishedPool, closedEvent, signedDelivery, webhookSecret } from './box.ts'

describe('The archiver as a process', () => {
  let model: TolokaModel
  let fake: FakeToloka
  let folder: TemporaryFolder
  let environment: Record<string, string>

  beforeEach(async () => {
    model = new TolokaModel({ now: () => Date.now() })
    fake = await startFakeToloka(model)
    folder = makeTemporaryFolder()
    environment = {
      TOLOKA_URL: fake.url,
      TOLOKA_TOKEN: model.token,
      TOLOKA_WEBHOOK_SECRET: webhookSecret,
      ARCHIVE_MODE: 'archive',
      MAX_REQUESTS_PER_SECOND: '200',
      PORT: '0',
      DATA_FILE: folder.file('archiver.sqlite'),
    }
  })
  afterEach(async () => {
    killAll()
    await fake.close()
    folder.remove()
    if (model.violations.length > 0) throw new Error(JSON.stringify(model.violations))
  })

  const urlOf = async (program: Program): Promise<string> => {
    const [, url = ''] = await program.untilSaid(/STARTED .* address=(\S+)/)
    return url
  }

  test('lists every problem of its settings at once, and no stack', async () => {
    const program = startArchiver({ ARCHIVE_MODE: 'yes', PORT: '99999', TOLOKA_TOKN: 'secret' })
    expect(await program.ended).toBe(2)
    const complaints = program.complaints()
    for (const name of ['TOLOKA_TOKEN', 'ARCHIVE_MODE', 'PORT', 'TOLOKA_TOKN']) {
      expect(complaints).toContain(`\n  ${name} `)
    }
    expect(complaints).not.toContain('    at ')
    expect(complaints).not.toContain('secret')
  })

  test('waits for a Toloka that cannot be reached, and archives once it is there', async () => {
    const poolId = addFinishedPool(model, 'Street signs', Date.now())
    await fake.close()
    const program = startArchiver(environment)
    await program.untilSaid(/TOLOKA_TROUBLE .*GET \/requester: no answer.*ECONNREFUSED/)
    fake = await startFakeToloka(model, { port: Number(new URL(fake.url).port) })
    await program.untilSaid(new RegExp(`POOL_CONFIRM .* poolId=${poolId} `))

    expect(model.statusOf(poolId)).toBe('ARCHIVED')
    expect(program.complaints()).toBe('')
  })

  test('refuses a data file that another archiver has', async () => {
    await urlOf(startArchiver(environment))
    const second = startArchiver(environment)
    expect(await second.ended).toBe(1)
    expect(second.complaints()).toBe(
      `Data file ${environment['DATA_FILE']} is in use by another archiver that is running. ` +
        'Stop that one first, or give this one another DATA_FILE.\n',
    )
  })

  test('leaves a file alone that is not a data file', async () => {
    const letter = folder.file('letter.txt')
    writeFileSync(letter, 'Dear Anna')
    const program = startArchiver({ ...environment, DATA_FILE: letter })
    expect(await program.ended).toBe(1)
    expect(program.complaints()).toMatch(/^Data file .*letter\.txt is not a data file.*\n$/)
    expect(readFileSync(letter, 'utf8')).toBe('Dear Anna')
  })

  test('says that its address is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = String(typeof address === 'object' ? address?.port : '')
    const program = startArchiver({ ...environment, PORT: port })
    expect(await program.ended).toBe(1)
    expect(program.complaints()).toMatch(
      /^Cannot listen on 127\.0\.0\.1:\d+ \(.*EADDRINUSE.*\)\. Set HOST and PORT to a free address\.\n$/,
    )
    other.close()
  })

  test("refuses another account's token, and asks for nothing by it", async () => {
    const first = startArchiver(environment)
    await first.untilSaid(/SWEEP_FINISHED/)
    first.kill('SIGTERM')
    await first.ended

    const elsewhere = new TolokaModel({ now: () => Date.now(), requesterId: 'somebody-else' })
    const otherFake = await startFakeToloka(elsewhere, { port: 0 })
    const port = Number(new URL(fake.url).port)
    await fake.close()
    await otherFake.close()
    fake = await startFakeToloka(elsewhere, { port })
    const second = startArchiver(environment)
    expect(await second.ended).toBe(2)
    expect(second.complaints()).toMatch(/^The records belong to requester .* somebody-else.*\n$/)
    expect([...elsewhere.requests.byRoute.keys()]).toEqual(['GET /requester'])
  })

  test('says that it only watches, and posts nothing', async () => {
    const poolId = addFinishedPool(model, 'Street signs', Date.now())
    const { TOLOKA_WEBHOOK_SECRET: _, ARCHIVE_MODE: __, ...defaults } = environment
    const program = startArchiver(defaults)
    await program.untilSaid(/warn {2}OBSERVING ARCHIVE_MODE=observe: nothing will be archived\./)
    await program.untilSaid(/warn {2}WEBHOOK_OFF No TOLOKA_WEBHOOK_SECRET/)
    await program.untilSaid(new RegExp(`POOL_PLAN .* poolId=${poolId} .*reason=observe-mode`))
    expect(model.archiveRequestsOf(poolId)).toEqual([])
  })

  test('ends in peace: what is under way is finished, and answered', async () => {
    const poolId = addFinishedPool(model, 'Street signs', Date.now())
    const program = startArchiver(environment)
    await urlOf(program)
    await eventually(
      () => model.archiveRequestsOf(poolId).length,
      (requests) => requests > 0,
    )
    program.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    expect(program.lines.at(-1)).toMatch(/STOPPED Archiver stopped\.$/)
    expect(program.complaints()).toBe('')
    expect(model.statusOf(poolId)).toBe('ARCHIVED')
    expect(program.lines.join('\n')).toMatch(/POOL_CONFIRM/)
  })

  test('answers the request that it has begun to read', async () => {
    const program = startArchiver(environment)
    const url = await urlOf(program)
    const { headers, body } = signedDelivery({ events: [closedEvent('17')] }, Date.now())
    let finishBody = (): void => {}
    const slowBody = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from(body.slice(0, 10)))
        finishBody = () => {
          controller.enqueue(Buffer.from(body.slice(10)))
          controller.close()
        }
      },
    })
    const answer = fetch(`${url}/webhooks/toloka`, {
      method: 'POST',
      headers,
      body: slowBody,
      duplex: 'half',
    })
    await program.untilSaid(/SWEEP_FINISHED/)
    await fetch(`${url}/healthz`)
    program.kill('SIGTERM')
    await program.untilSaid(/STOPPING/)
    finishBody()
    expect((await answer).status).toBe(200)
    expect(await program.ended).toBe(0)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'a second signal (%s) ends it at once',
    async (second) => {
      addFinishedPool(model, 'Street signs', Date.now())
      fake.faults.next({ path: /\/archive$/ }, { kind: 'hang' })
      const program = startArchiver(environment)
      await program.untilSaid(/POOL_SUBMIT/)
      await program.untilSaid(/SWEEP_FINISHED/)
      program.kill('SIGINT')
      await program.untilSaid(/STOPPING Archiver is stopping/)
      program.kill(second)
      expect(await program.ended).toBeNull()
      expect(program.lines.join('\n')).not.toContain('STOPPED')
    },
  )
})
