import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createAccountStore } from '../../../functions/adapters/local/account-store.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { createTextJournal } from '../../../functions/adapters/system/text-journal.ts'
import { newAccountState } from '../../../functions/application/account-state.ts'
import { dayMs } from '../../../functions/domain/instant.ts'
import { workOff } from '../../../functions/local/work-off.ts'
import { readConfig } from '../../../functions/runtime/config.ts'
import { openLocalArchiver, type LocalArchiver } from '../../../functions/runtime/local.ts'
import { makeDiskFolder } from '../../load/ground.ts'
import { beginsAt } from '../../local/box.ts'
import { addManyRecords } from './many-records.ts'
import { openReplay, traceWrites, type Write } from './traced-writes.ts'

/**
 * What becomes of due wake-ups, without a request to Toloka. `outdated`: their records are due
 * later, so each is read and the wake-up is done with. `put-off`: Toloka refuses the token, so each
 * record is read, decided on and written with its next due time, for which a wake-up is requested.
 */
export type Kind = 'outdated' | 'put-off'

export interface WorkPlan {
  readonly kind: Kind
  /** Four of ten have a wake-up. */
  readonly records: number
  readonly rounds: number
  readonly warmUps: number
}

export interface Worked {
  readonly wakeUps: number
  /** By round, in seconds. */
  readonly ours: readonly number[]
  readonly raw: readonly number[]
  /** What ours wrote, and raw wrote again. */
  readonly writes: readonly Write[]
}

/** A file on the disk, made anew for each round out of one that nobody touches. */
interface Files {
  readonly original: string
  readonly renew: () => string
  readonly remove: () => void
}

/**
 * Has the archiver work off all wake-ups that are due, and SQLite alone write the same rows, in the
 * same commits, in turns and each time on a new copy of the same data file.
 *
 * @param inspect looks at the file of one of them after a round
 */
export async function workOffWakeUps(
  { kind, records, rounds, warmUps }: WorkPlan,
  inspect: (who: 'ours' | 'raw', path: string) => void = () => {},
): Promise<Worked> {
  const files = makeFiles()
  try {
    const at = kind === 'outdated' ? beginsAt : beginsAt + 20 * dayMs
    const wakeUps = await fill(files.original, kind, records)
    const oursOnce = async (): Promise<number> => {
      const path = files.renew()
      const seconds = await workOffAll(open(path, at))
      inspect('ours', path)
      return seconds
    }
    const writes = await traceWrites(async () => void (await oursOnce()))
    const rawOnce = (): number => {
      const path = files.renew()
      const { replay, close } = openReplay(path, writes)
      const startedAt = performance.now()
      replay()
      const seconds = (performance.now() - startedAt) / 1_000
      close()
      inspect('raw', path)
      return seconds
    }
    const ours: number[] = []
    const raw: number[] = []
    for (let round = -warmUps; round < rounds; round += 1) {
      ours.push(await oursOnce())
      raw.push(rawOnce())
    }
    return { wakeUps, ours: ours.slice(warmUps), raw: raw.slice(warmUps), writes }
  } finally {
    files.remove()
  }
}

async function workOffAll(archiver: LocalArchiver): Promise<number> {
  const startedAt = performance.now()
  await workOff(archiver)
  const seconds = (performance.now() - startedAt) / 1_000
  archiver.close()
  return seconds
}

function makeFiles(): Files {
  const folder = makeDiskFolder()
  const copy = join(folder, 'copy.sqlite')
  const original = join(folder, 'original.sqlite')
  return {
    original,
    renew: () => {
      for (const ending of ['', '-wal', '-shm']) rmSync(`${copy}${ending}`, { force: true })
      copyFileSync(original, copy)
      return copy
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const settings = {
  // Nobody is there: a request to Toloka would be trouble, and be seen in what is written.
  TOLOKA_URL: 'http://127.0.0.1:1',
  TOLOKA_TOKEN: 'a-token-of-the-benchmark-only',
  ARCHIVE_MODE: 'archive',
}

function open(path: string, at: number): LocalArchiver {
  const clock = { now: () => at }
  const journal = createTextJournal(clock, () => {}) // Its lines are made, and go nowhere.
  return openLocalArchiver(readConfig({ ...settings, DATA_FILE: path }), { clock, journal })
}

/** Returns how many wake-ups are going to be due. */
async function fill(path: string, kind: Kind, records: number): Promise<number> {
  const archiver = open(path, beginsAt)
  const poolIds = await addManyRecords(archiver, records, beginsAt)
  if (kind === 'outdated') {
    const dueAt = beginsAt - dayMs
    await Promise.all(
      poolIds.map((poolId) =>
        archiver.queue.request({ version: 1, poolId, cause: 'timer', dueAt }),
      ),
    )
  }
  archiver.close()
  if (kind === 'put-off') await refuseToken(path)
  return poolIds.length
}

async function refuseToken(path: string): Promise<void> {
  const dataFile = openDataFile(path, { exclusive: true })
  const since = beginsAt + 19 * dayMs
  const error = { at: since, call: 'GET /requester', status: 401, code: null, requestId: null }
  const denied = {
    since,
    nextProbeAt: since + 2 * dayMs,
    error: { ...error, message: 'Unauthorized' },
  }
  const owner = { origin: settings.TOLOKA_URL, requesterId: 'requester' }
  await createAccountStore(dataFile).write({ ...newAccountState, version: 1, owner, denied }, 0)
  dataFile.close()
}
