import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { TolokaModel } from '../fake-toloka/model.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { startArchiver, type Program } from '../local/archiver-process.ts'
import { webhookSecret } from '../local/box.ts'

/** A running archiver, and how it is reached. */
export interface RunningArchiver {
  readonly program: Program
  readonly url: string
}

/** A fake Toloka over HTTP, and a folder for the data file of archivers that are started on it. */
export interface Ground {
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly dataFile: string
  /** How far the clock of this ground, and of Toloka, is ahead of that of the machine. */
  readonly clock: { aheadMs: number }
  readonly now: () => number
  /** By pool id: when Toloka was last asked about it, ms since the epoch. */
  readonly lastAskedAt: ReadonlyMap<string, number>
  readonly environment: Readonly<Record<string, string>>
  /** From now on no sweep finds anything: webhooks alone tell of pools. */
  readonly blindSweeps: () => void
  /** @param output where its journal goes, to the lines of the program or to an open file */
  readonly launch: (output?: 'pipe' | number) => Program
  /** Returns when it listens. */
  readonly start: () => Promise<RunningArchiver>
  /** Ends every archiver that still runs as well. */
  readonly close: () => Promise<void>
}

export interface GroundOptions {
  /** Where the data file is; a folder on the disk of the repository if it is not said. */
  readonly folder?: string
  /** Of the archiver, in the place of those that a load asks for. */
  readonly settings?: Readonly<Record<string, string>>
}

export async function openGround(options: GroundOptions = {}): Promise<Ground> {
  const lastAskedAt = new Map<string, number>()
  const clock = { aheadMs: 0 }
  const now = (): number => Date.now() + clock.aheadMs
  const model = new TolokaModel({ now, requestsPerSecond: Infinity })
  const fake = await startFakeToloka(model, {
    log: (line) => {
      const [, poolId] = /(?:\/pools\/|pool_id=)(\d+)/.exec(line) ?? []
      if (poolId !== undefined) lastAskedAt.set(poolId, Date.now())
    },
  })
  const folder = options.folder ?? makeDiskFolder()
  const dataFile = join(folder, 'archiver.sqlite')
  const environment = {
    TOLOKA_URL: fake.url,
    TOLOKA_TOKEN: model.token,
    TOLOKA_WEBHOOK_SECRET: webhookSecret,
    ARCHIVE_MODE: 'archive',
    MAX_REQUESTS_PER_SECOND: '300',
    MAX_ARCHIVES_PER_DAY: '1000000',
    SWEEP_INTERVAL: '1d',
    PORT: '0',
    DATA_FILE: dataFile,
    ...options.settings,
  }
  const programs: Program[] = []
  const launch: Ground['launch'] = (output) => {
    const program = startArchiver(environment, output)
    programs.push(program)
    return program
  }
  return {
    model,
    fake,
    dataFile,
    clock,
    now,
    lastAskedAt,
    environment,
    blindSweeps: () =>
      fake.faults.next(
        { method: 'GET', path: /\/pools$/, times: Infinity },
        { kind: 'status', status: 503 },
      ),
    launch,
    start: async () => {
      const program = launch()
      const [, url = ''] = await program.untilSaid(/STARTED .* address=(\S+)/)
      return { program, url }
    },
    close: async () => {
      for (const program of programs) program.kill('SIGKILL')
      await Promise.all(programs.map(({ ended }) => ended))
      await fake.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** On a real disk, where to be durable costs something. */
export function makeDiskFolder(): string {
  const parent = resolve('build/load')
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(join(parent, 'ground-'))
}
