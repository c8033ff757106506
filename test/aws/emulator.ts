import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, dirname, join, resolve } from 'node:path'
import { eventually } from '../support/eventually.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { prepareVirtualEnvironment } from './virtual-environment.ts'

export interface Emulator {
  /** For instance `http://127.0.0.1:40123`. */
  readonly endpoint: string
  /** What it says, and what the Lambda functions behind queues say, goes there. */
  readonly logFile: string
  readonly end: () => Promise<void>
}

/** Starts MiniStack on a free port of this machine. All that it knows goes when it ends. */
export async function startEmulator(): Promise<Emulator> {
  const python = await prepareVirtualEnvironment()
  const folder = makeTemporaryFolder()
  const port = await findFreePort()
  const endpoint = `http://127.0.0.1:${port}`
  mkdirSync('build', { recursive: true })
  const logFile = resolve('build/emulator.log')
  const log = createWriteStream(logFile)
  await once(log, 'open')
  // Its standard input stays open as long as this process lives; see run-emulator.py.
  const child = spawn(python, [resolve('test/aws/run-emulator.py')], {
    cwd: folder.file('.'),
    env: environmentOf(folder.file('.'), port),
    stdio: ['pipe', log, log],
  })
  let hasEnded = false
  const ended = once(child, 'close').then(() => (hasEnded = true))
  const end = async (): Promise<void> => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(patience)
    log.close()
    folder.remove()
  }
  try {
    await eventually(
      () => hasEnded || isHealthy(endpoint),
      (isSettled) => isSettled,
    )
    if (hasEnded) throw new Error(`The AWS emulator did not start; see ${logFile}.`)
  } catch (error) {
    await end()
    throw error
  }
  return { endpoint, logFile, end }
}

/** Nothing of the user's own: neither credentials nor settings can get in. */
function environmentOf(folder: string, port: number): NodeJS.ProcessEnv {
  return {
    // Lambda functions run on whichever node comes first.
    PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    S3_DATA_DIR: join(folder, 's3'),
    STATE_DIR: join(folder, 'state'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    // In the addresses of queues and APIs; a name would have to be resolved.
    MINISTACK_HOST: '127.0.0.1',
    // Functions may do what their roles allow, and nothing else.
    AUTH: 'true',
  }
}

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/_ministack/health`)).ok
  } catch {
    return false
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address === 'object' && address !== null) return address.port
  throw new Error('There is no free port.')
}
