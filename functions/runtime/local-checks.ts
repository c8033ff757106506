import type { DataFile } from '../adapters/local/data-file.ts'
import {
  checkDataFile,
  isDataFileInUse,
  readQueueDepth,
} from '../adapters/local/look-after-data-file.ts'
import { askHealth } from '../adapters/system/ask-health.ts'
import { green, red, yellow, type Check, type Finding } from '../application/check-up.ts'
import type { Clock } from '../application/ports.ts'
import { minuteMs, toIso } from '../domain/instant.ts'
import type { ConsoleConfig } from './config.ts'
import { localAddress } from './local-address.ts'

const mebibyte = 1024 * 1024
/** A record takes some kilobytes, and grows with its history. */
const littleSpaceBytes = 1024 * mebibyte
const noSpaceBytes = 100 * mebibyte

/** A wake-up that is due is taken at once, or when the rate allows it. */
const queuePatienceMs = 5 * minuteMs

export interface LocalPlace {
  readonly config: ConsoleConfig
  readonly dataFile: DataFile
  readonly clock: Clock
}

/** What is to be looked after on one machine. */
export function localChecks(place: LocalPlace): readonly Check[] {
  const { config, dataFile, clock } = place
  return [
    {
      name: 'configuration',
      look: async () => green('all settings fit; the archiver has these if it was started by them'),
      advice: 'Mend the settings: docs/configuration.md lists them.',
    },
    {
      name: 'data file',
      look: () => lookAtFile(dataFile),
      advice: 'Make room on the disk; the archiver stores nothing on a full one.',
    },
    {
      name: 'archiver',
      look: () => lookForArchiver(config, dataFile.path),
      advice: 'Start it by "npm start", and see to it that it is started again by itself.',
    },
    {
      name: 'webhook',
      look: async () => lookAtWebhook(config),
      advice: 'Without webhooks pools are found by the next sweep: later, never wrong.',
    },
    {
      name: 'queue',
      look: () => lookAtQueue(dataFile, clock),
      advice: 'Many pools take their time by MAX_REQUESTS_PER_SECOND; the journal says what fails.',
    },
  ]
}

async function lookAtFile(dataFile: DataFile): Promise<Finding> {
  const { damage, sizeBytes, freeBytes } = await checkDataFile(dataFile)
  if (damage !== null) {
    const advice = 'Stop the archiver and put a backup in its place; sweeps find what is missing.'
    return red(`${dataFile.path} is damaged: ${damage}`, advice)
  }
  const [size, free] = [sizeBytes, freeBytes].map((bytes) => Math.round(bytes / mebibyte))
  const text = `${dataFile.path} is whole, ${size} MiB; ${free} MiB are free on its disk`
  if (freeBytes < noSpaceBytes) return red(text)
  return freeBytes < littleSpaceBytes ? yellow(text) : green(text)
}

async function lookForArchiver({ server }: ConsoleConfig, path: string): Promise<Finding> {
  if (!isDataFileInUse(path)) return red('no archiver runs on this data file')
  const address = localAddress(server)
  if (address === null) return green('it runs, on a port of its own choice (PORT=0)')
  const problem = await askHealth(address)
  if (problem === null) return green(`it runs, and is well at ${address}`)
  const advice =
    'Are HOST and PORT those it was started by? Otherwise its journal says what is wrong.'
  return red(`it runs, but at ${address} it ${problem}`, advice)
}

function lookAtWebhook({ webhook: { secrets, publicUrl } }: ConsoleConfig): Finding {
  if (secrets.length === 0) return yellow('off: TOLOKA_WEBHOOK_SECRET is not set')
  if (publicUrl === null) return yellow('takes deliveries, but WEBHOOK_URL is not set')
  if (secrets.length === 1) return green('takes deliveries, signed with one secret')
  const advice = 'Take TOLOKA_WEBHOOK_SECRET_PREVIOUS away once Toloka signs with the new one.'
  return yellow('takes deliveries, signed with the new secret or the one before', advice)
}

async function lookAtQueue(dataFile: DataFile, clock: Clock): Promise<Finding> {
  const now = clock.now()
  const { due, oldestAt } = await readQueueDepth(dataFile, now)
  if (oldestAt === null) return green('nothing is due')
  const text = `${due} due, the oldest since ${toIso(oldestAt)}`
  return now - oldestAt > queuePatienceMs ? yellow(text) : green(text)
}
