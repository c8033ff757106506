import { readConfig } from '../../../functions/runtime/config.ts'
import { openLocalArchiver } from '../../../functions/runtime/local.ts'
import { openGround, type Ground } from '../../load/ground.ts'
import { peakMemoryMiB } from '../../load/memory.ts'
import { quantile, type Benchmark, type Figure, type Mark } from '../benchmark.ts'
import { addManyRecords } from './many-records.ts'

const records = 1_000_000
const starts = 7
/** Marks are in MB, Linux counts in MiB. */
const megabytesPerMebibyte = 1_048_576 / 1_000_000

export interface StartUp {
  /** From the start of the process to the first answer that says `ok`. */
  readonly healthyAfterMs: number
  /** The most memory of the process ever, up to the end of its first sweep. */
  readonly peakMegabytes: number
}

/**
 * Starts an archiver again and again on a data file with so many records, as `npm start` does.
 *
 * @param inspect looks at the data file before the first start
 */
export async function startOnRecords(
  count: number,
  times: number,
  inspect: (ground: Ground) => void = () => {},
): Promise<readonly StartUp[]> {
  const ground = await openGround()
  try {
    const { now, environment } = ground
    const surroundings = { clock: { now }, journal: { write: () => {} } }
    const archiver = openLocalArchiver(readConfig(environment), surroundings)
    await addManyRecords(archiver, count, now())
    archiver.close()
    inspect(ground)
    const found: StartUp[] = []
    while (found.length < times) found.push(await startOnce(ground))
    return found
  } finally {
    await ground.close()
  }
}

async function startOnce(ground: Ground): Promise<StartUp> {
  const startedAt = performance.now()
  const { program, url } = await ground.start()
  const answer = await fetch(`${url}/healthz`)
  const healthyAfterMs = performance.now() - startedAt
  const body = await answer.text()
  if (body !== '{"status":"ok"}') throw new Error(`It is not healthy: ${body}`)
  await program.untilSaid(/SWEEP_FINISHED/)
  const peakMegabytes = peakMemoryMiB(program.pid) * megabytesPerMebibyte
  program.kill('SIGTERM')
  await program.ended
  return { healthyAfterMs, peakMegabytes }
}

/** How an archiver begins that knows many pools. */
export const startUp: Benchmark = {
  title: `Start-up with ${records.toLocaleString('en')} records`,
  run: async () => {
    const found = await startOnRecords(records, starts)
    const figure = (what: string, unit: string, values: number[], mark: Mark): Figure => {
      const value = quantile(values, 0.5)
      const spread = [quantile(values, 0.25), quantile(values, 0.75)] as const
      return { what, unit, ours: value, alternative: null, value, spread, mark }
    }
    return [
      figure(
        'until the first ok of /healthz',
        'ms',
        found.map(({ healthyAfterMs }) => healthyAfterMs),
        { atMost: 1_000 },
      ),
      figure(
        'most memory up to the end of the first sweep',
        'MB',
        found.map(({ peakMegabytes }) => peakMegabytes),
        { atMost: 150 },
      ),
    ]
  },
}
