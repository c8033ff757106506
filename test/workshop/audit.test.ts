import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { delimiter, dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { readLockedPackages } from '../support/locked-packages.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

const advisory = {
  id: 1,
  url: 'https://advisories.example/1',
  title: 'Tells everybody',
  severity: 'high',
  vulnerable_versions: '*',
}

describe('npm run audit', () => {
  let folder: TemporaryFolder
  let registry: Server
  let status: number
  let advisories: Readonly<Record<string, unknown>>
  let asked: Readonly<Record<string, unknown>>

  beforeEach(async () => {
    folder = makeTemporaryFolder()
    registry = createServer((request, response) => {
      void buffer(request).then((body) => {
        if (!request.url?.endsWith('/advisories/bulk')) return response.writeHead(404).end('{}')
        asked = z.record(z.string(), z.unknown()).parse(JSON.parse(String(gunzipSync(body))))
        return response.writeHead(status).end(JSON.stringify(advisories))
      })
    })
    registry.listen(0, '127.0.0.1')
    await once(registry, 'listening')
    status = 200
    advisories = {}
  })
  afterEach(() => {
    registry.closeAllConnections()
    registry.close()
    folder.remove()
  })

  const everything = [dirname(process.execPath), process.env['PATH']].join(delimiter)

  const audit = async (PATH = everything): Promise<{ code: number; said: string }> => {
    const address = registry.address()
    const port = typeof address === 'object' ? address?.port : ''
    const env = { PATH, npm_config_cache: folder.file('cache') }
    const words = ['.ci/audit.ts', '--registry', `http://127.0.0.1:${port}`]
    return new Promise((resolve) => {
      const child = execFile(process.execPath, words, { env }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
      )
    })
  }

  test('asks for every package by which the archiver runs', async () => {
    expect(await audit()).toEqual({
      code: 0,
      said: 'No vulnerability is known of what the archiver runs by.\n',
    })
    const needed = readLockedPackages().filter(({ isTool }) => !isTool)
    expect(Object.keys(asked).toSorted()).toEqual(needed.map(({ name }) => name).toSorted())
  })

  test('fails and says why when one of them is known to be vulnerable', async () => {
    advisories = { ky: [advisory] }

    expect(await audit()).toEqual({
      code: 1,
      said: 'ky: high: Tells everybody https://advisories.example/1\n',
    })
  })

  test('does not take a registry that cannot say for one that knows of nothing', async () => {
    status = 405
    const { code, said } = await audit()

    expect(code).toBe(2)
    expect(said).toMatch(/^NOT CHECKED: the registry did not say .*405 Method Not Allowed/)
    expect(said).toContain('npm run audit -- --registry https://registry.npmjs.org')
  })

  test('is not checked where there is no npm', async () => {
    expect(await audit(folder.file(''))).toEqual({
      code: 2,
      said: expect.stringContaining('NOT CHECKED'),
    })
  })
})
