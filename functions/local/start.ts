import { WrongAccountError } from '../application/access.ts'
import { ConfigError } from '../runtime/config-error.ts'
import { loadConfig, type Config } from '../runtime/config.ts'
import {
  DataFileError,
  machineSurroundings,
  openLocalArchiver,
  type LocalArchiver,
} from '../runtime/local.ts'
import { AddressError } from '../page/http-server.ts'
import { stopSignal } from '../page/stop-signal.ts'
import { serve } from './app.ts'
import { run } from './run.ts'

const usage = `Usage: npm start

Runs the archiver on this machine until it is interrupted. Takes no arguments: settings come from
the environment, and docs/configuration.md lists them.`

/**
 * Runs the archiver until SIGINT or SIGTERM. Returns the exit code; says itself what went wrong.
 *
 * @param args of which there must be none: whoever gives `--archive-mode=observe` means it
 */
export async function start(args: readonly string[] = []): Promise<0 | 1 | 2> {
  if (args.length > 0) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  try {
    const config = loadConfig()
    const archiver = openLocalArchiver(config, machineSurroundings())
    try {
      await runServed(archiver, config)
    } finally {
      archiver.close()
    }
    return 0
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`)
    return error instanceof ConfigError || error instanceof WrongAccountError ? 2 : 1
  }
}

async function runServed(archiver: LocalArchiver, config: Config): Promise<void> {
  const { journal } = archiver
  const { dataFile } = config
  const { origin, observing, sweepIntervalMs } = config.archiver
  const stop = stopSignal(() => journal.write('STOPPING'))
  const http = await serve(archiver, config)
  try {
    journal.write('STARTED', { address: http.url, toloka: origin, dataFile })
    if (observing) journal.write('OBSERVING')
    if (archiver.receiveDelivery === null) journal.write('WEBHOOK_OFF')
    await run(archiver, sweepIntervalMs, stop)
  } finally {
    await http.close()
    journal.write('STOPPED')
  }
}

const expected = [ConfigError, WrongAccountError, DataFileError, AddressError]

/** A sentence for what a person can mend, everything there is for a defect. */
function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isExpected = expected.some((kind) => error instanceof kind)
  return isExpected ? error.message : (error.stack ?? error.message)
}
