import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from '../../functions/local/app.ts'
import { listen } from '../../functions/page/http-server.ts'
import type { World } from '../scenarios/world.ts'

/** How often the world is brought up to the time that has passed. */
const turnMs = 500

/**
 * Shows the status page of a world until Ctrl-C. Its clock goes on from where it stands, a second a
 * second, so that what is done on the page is done.
 */
export async function servePage(world: World, say: (text: string) => void): Promise<void> {
  const port = Number(process.env['PORT'] ?? 8_787)
  const server = await listen(createApp(world.archiver), '127.0.0.1', port)
  say(`The status page of these pools: ${server.url}/ (Ctrl-C ends it)`)
  const ended = new AbortController()
  const signals = ['SIGINT', 'SIGTERM'].map((name) =>
    once(process, name, { signal: ended.signal }).catch(() => null),
  )
  void Promise.race(signals).then(() => ended.abort())
  while (!ended.signal.aborted) {
    const begunAt = performance.now()
    await sleep(turnMs, null, { signal: ended.signal }).catch(() => null)
    await world.runUntil(world.now + Math.round(performance.now() - begunAt))
  }
  await server.close()
}
