import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const pools = 100_000
const pageSize = 300
const firstId = 1_000_000
/** Without them V8 lets garbage pile up: the peak is then some 270 MiB, whatever is needed. */
const heapLimits = ['--max-semi-space-size=4', '--max-old-space-size=64']

function poolNumbered(number: number): object {
  return {
    id: String(firstId + number),
    project_id: '1500',
    private_name: `Street signs, batch ${number}`,
    status: 'CLOSED',
    last_close_reason: 'COMPLETED',
    created: '2026-01-01T10:00:00.123',
    last_started: '2026-01-02T10:00:00.123',
    last_stopped: '2026-01-03T10:00:00.123',
    type: 'REGULAR',
    assignment_max_duration_seconds: 600,
    auto_accept_period_day: 21,
    quality_control: { configs: [] },
  }
}

/** Makes the pages up as they are asked for; the fake would have to keep all these pools. */
function answerTo({ pathname, searchParams }: URL): object {
  if (pathname.endsWith('/requester')) return { id: 'requester-1' }
  const after = searchParams.get('id_gt')
  const from = after === null ? 0 : Number(after) - firstId + 1
  const length = Math.min(pageSize, pools - from)
  const items = Array.from({ length }, (_, index) => poolNumbered(from + index))
  return { items, has_more: from + length < pools }
}

test('A sweep of 100,000 known pools is 334 lists, nothing else, and needs no more than 150 MB', async () => {
  const requests = new Map<string, number>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const name = `${request.method} ${url.pathname}`
    requests.set(name, (requests.get(name) ?? 0) + 1)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answerTo(url)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const folder = mkdtempSync(join(tmpdir(), 'toloka-pool-archiver-'))
  try {
    const script = join(__dirname, 'large-sweep-process.ts')
    const words = [
      ...heapLimits,
      '--no-warnings',
      script,
      folder,
      `http://127.0.0.1:${port}`,
      String(pools),
    ]
    const { stdout } = await promisify(execFile)(process.execPath, words)
    const result: unknown = JSON.parse(stdout)

    expect(result).toEqual({
      outcome: 'finished',
      pages: 334,
      listed: pools,
      discovered: 0,
      changed: 0,
      woken: 0,
      repaired: 0,
      peakMiB: expect.any(Number),
    })
    expect(Object.fromEntries(requests)).toEqual({
      'GET /api/v1/requester': 2, // Whose token it is, and once more to bind the records.
      'GET /api/v1/pools': 334,
    })
    expect(Number(/"peakMiB":([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(150)
  } finally {
    server.close()
    server.closeAllConnections()
    rmSync(folder, { recursive: true })
  }
}, 60_000)
