import { once } from 'node:events'
import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import { steer } from '../../application/steering.ts'
import { listen, type RunningServer } from '../../page/http-server.ts'
import { fromThisMachine } from '../../page/page-access.ts'
import { createPageApp } from '../../page/page-app.ts'
import { stopSignal } from '../../page/stop-signal.ts'
import type { OperatorConsole } from '../../runtime/operator-console.ts'
import { defineCommand } from '../command.ts'

/** Beside that of the archiver on this machine. */
const usualPort = 8_788

/** The status page of whatever the command line works on. */
export const dashboard = defineCommand({
  name: 'dashboard',
  summary: 'the status page in your browser',
  description:
    'Serves the status page on this machine, and to nobody else, until Ctrl-C: of a deployed stack ' +
    'with --stage, which has no page of its own, or of a data file whose archiver does not run. What ' +
    'is done there is written down as yours.',
  arguments: [],
  options: [
    new Option('--port <number>', 'where it is served; 0 takes a free port')
      .argParser(readPort)
      .default(usualPort),
  ],
  examples: [['dashboard --stage prod', 'look at a stack, and steer it']],
  input: z.object({ port: z.number() }),
  run: async ({ console, operator }, { port }) => {
    const { dependencies } = console
    const archiver = { ...dependencies, ...steer(dependencies) }
    const app = createPageApp(archiver, { ...fromThisMachine, operator })
    const server = await listen(app, fromThisMachine.host, port)
    return { data: null, text: '', lines: serveUntilStopped(console, server) }
  },
})

async function* serveUntilStopped(
  { place }: OperatorConsole,
  server: RunningServer,
): AsyncGenerator<string> {
  const stop = stopSignal()
  try {
    yield `The status page of ${place}: ${server.url}/ (Ctrl-C ends it)`
    if (!stop.aborted) await once(stop, 'abort')
  } finally {
    await server.close()
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 0 to 65535, such as 8788.')
}
