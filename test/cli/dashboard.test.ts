import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { killAll, startProgram, type Program } from '../local/archiver-process.ts'
import { addFinishedPool, openBox, type Box } from '../local/box.ts'

let box: Box

beforeEach(async () => {
  box = await openBox()
})
afterEach(async () => {
  killAll()
  await box.close()
})

function dashboard(...words: readonly string[]): Program {
  return startProgram('functions/cli/main.ts', ['dashboard', '--by', 'ada', ...words], {
    TOLOKA_URL: box.fake.url,
    TOLOKA_TOKEN: box.model.token,
    DATA_FILE: box.config.dataFile,
  })
}

describe('dashboard', () => {
  test('serves the page of a data file until it is interrupted, and steers by its operator', async () => {
    const poolId = addFinishedPool(box.model, 'Street signs')
    await box.archiver.sweep()
    const program = dashboard('--port', '0')
    const [, url = ''] = await program.untilSaid(/^The status page of data file .*: (http\S+)\/ /)
    const overview = await fetch(`${url}/`)
    expect(await overview.text()).toContain(`/pools/${poolId}`)
    expect((await fetch(`${url}/webhooks/toloka`, { method: 'POST' })).status).not.toBe(200)

    const form = await (await fetch(`${url}/pause`)).text()
    const token = /name="token" value="([^"]+)"/.exec(form)?.[1] ?? ''
    const done = await fetch(`${url}/pause`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { origin: url },
      redirect: 'manual',
    })
    expect(done.status).toBe(303)
    expect((await box.archiver.readStatus()).paused?.by).toBe('status page (ada)')

    program.kill('SIGINT')
    expect(await program.ended).toBe(0)
    expect(program.complaints()).toBe('')
  })

  test('says in a sentence that the port is taken', async () => {
    const { port } = new URL(box.server.url)
    const program = dashboard('--port', port)
    expect(await program.ended).toBe(1)
    expect(program.complaints()).toMatch(/^Cannot listen on 127\.0\.0\.1:\d+ .*EADDRINUSE/)
  })

  test('refuses what is no port', async () => {
    const program = dashboard('--port', '99999')
    expect(await program.ended).toBe(2)
    expect(program.complaints()).toContain('A port is a number from 0 to 65535')
  })
})
