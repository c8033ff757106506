import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addFinishedPool, beginsAt, closedEvent, webhookSecret } from '../local/box.ts'
import { signDelivery } from '../fake-toloka/signature.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

let cli: CommandLine
let folder: TemporaryFolder
let file: string
let to: string

beforeEach(async () => {
  cli = await openCommandLine()
  folder = makeTemporaryFolder()
  file = folder.file('closed.json')
  to = `${cli.server.url}/webhooks/toloka`
})
afterEach(async () => {
  await cli.close()
  folder.remove()
})

interface Stranger {
  readonly url: string
  readonly requests: readonly { readonly signature: unknown; readonly body: string }[]
  readonly close: () => Promise<void>
}

/** Somebody else's server, which answers by what it was sent. */
async function startStranger(status: number, answer: (signature: string) => string) {
  const requests: { signature: unknown; body: string }[] = []
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const signature = request.headers['toloka-signature']
    requests.push({ signature, body })
    response.writeHead(status, { location: 'http://127.0.0.1:9/elsewhere' })
    response.end(answer(String(signature)))
  }
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stranger: Stranger = {
    url: `http://127.0.0.1:${port}/hook`,
    requests,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return stranger
}

describe('replay', () => {
  test('has the archiver look at the pools of a saved webhook', async () => {
    const poolId = addFinishedPool(cli.model)
    writeFileSync(file, JSON.stringify({ events: [closedEvent(poolId)] }, null, 2))
    expect(await cli.run(['replay', file, '--to', to])).toEqual({
      exitCode: 0,
      out: `200 from ${to}\n{"status":"ok"}\n`,
      err: '',
    })
    expect((await cli.run(['replay', file, '--to', to])).exitCode).toBe(0)
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('goes to WEBHOOK_URL, or else to the archiver on this machine', async () => {
    writeFileSync(file, '{"events":[]}')
    const webhook = { ...cli.config.webhook, publicUrl: `${to}?key=guarded` }
    const server = { host: '127.0.0.1', port: Number(new URL(to).port) }
    for (const change of [{ webhook }, { server }]) {
      const { out } = await cli.runWith(change, ['replay', file])
      expect(out).toContain(`from ${to}\n`)
    }
  })

  test('sends the bytes as they are, signed with the newest secret, to nobody else', async () => {
    const body = '{ "events" : [] }\n'
    writeFileSync(file, body)
    const secrets = [webhookSecret, 'an-older-secret-that-goes-out-of-use']
    const webhook = { ...cli.config.webhook, secrets }
    const stranger = await startStranger(307, (signature) => `you sent ${signature} \u001b[2J`)
    const words = ['replay', file, '--to', `${stranger.url}?key=guarded`]
    const { exitCode, out, err } = await cli.runWith({ webhook }, words)
    await stranger.close()

    const signature = signDelivery(webhookSecret, body, beginsAt)
    expect(stranger.requests).toEqual([{ signature, body }])
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' })
    expect(out).toBe(
      `307 from ${stranger.url}\n` +
        `you sent {v=1, ts=${beginsAt}, sign=[signature]} \\u001b[2J\n`,
    )
    expect(out).not.toContain(webhookSecret)
  })

  test('fails if the webhook is refused', async () => {
    writeFileSync(file, '[]')
    expect(await cli.json(`replay ${file} --to ${to}`)).toEqual({
      url: to,
      status: 400,
      answer: expect.stringContaining('problem'),
      problem: null,
    })
  })

  test('says so if nobody listens', async () => {
    writeFileSync(file, '{}')
    await cli.server.close()
    const { exitCode, out } = await cli.run(['replay', file, '--to', to])
    expect(exitCode).toBe(1)
    expect(out).toBe(`Nobody answered at ${to} (ECONNREFUSED). Is the archiver running there?\n`)
  })

  test.each<[name: string, content: string | null, problem: string]>([
    ['is not there', null, 'cannot be read (ENOENT).'],
    ['is no JSON', 'x', 'is no JSON, as the body of a webhook is.'],
    ['is empty', '', 'is no JSON, as the body of a webhook is.'],
    ['is no text', '"\u00ff', 'is no JSON, as the body of a webhook is.'],
    ['is too long', `"${'x'.repeat(262_144)}"`, 'is longer than 262144 bytes'],
  ])('sends no file that %s', async (_name, content, problem) => {
    if (content !== null) writeFileSync(file, content, 'latin1')
    const { exitCode, out, err } = await cli.run(['replay', file, '--to', to])
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toContain(`The file ${file} ${problem}`)
  })

  test('sends no folder, and nothing without end', async () => {
    for (const path of [folder.file(''), '/dev/zero']) {
      expect((await cli.run(['replay', path, '--to', to])).err).toContain('is no ordinary file.')
    }
  })

  test.each(['here', 'http://example.org/', 'ftp://127.0.0.1/', 'https://a:b@example.org/'])(
    'sends nothing to %s',
    async (address) => {
      const { exitCode, err } = await cli.run(['replay', file, '--to', address])
      expect(exitCode).toBe(2)
      expect(err).toContain('https://archiver.example.org/webhooks/toloka')
    },
  )

  test('without a secret, or without an address, says what is missing', async () => {
    writeFileSync(file, '{}')
    const unsigned = { ...cli.config.webhook, secrets: [] }
    const noSecret = await cli.runWith({ webhook: unsigned }, ['replay', file])
    expect(noSecret).toMatchObject({ exitCode: 2, out: '' })
    expect(noSecret.err).toContain('TOLOKA_WEBHOOK_SECRET is not set')
    const server = { host: '127.0.0.1', port: 0 }
    const noAddress = await cli.runWith({ server }, ['replay', file])
    expect(noAddress).toMatchObject({ exitCode: 2, out: '' })
    expect(noAddress.err).toContain('give --to <address>')
  })
})
