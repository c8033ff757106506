import { alone, quantile, type Benchmark, type Figure } from '../benchmark.ts'
import { sweepKnownPools, type SweptPools } from './sweep-known-pools.ts'
import { sweepOverTable } from './sweep-table.ts'

export interface SweepSizes {
  readonly pools: number
  /** For comparison: memory must not grow with pools. */
  readonly fewerPools: number
  /** Pools among them that have to be archived. */
  readonly due: number
  readonly sweeps: number
  /** Over DynamoDB; its stand-in keeps all in memory. */
  readonly poolsInTable: number
}

const fullSize: SweepSizes = {
  pools: 1_000_000,
  fewerPools: 100_000,
  due: 100,
  sweeps: 3,
  poolsInTable: 3_000,
}

/** The figures of sweeps through accounts of these sizes. */
export async function measureSweeps(sizes: SweepSizes): Promise<readonly Figure[]> {
  const { pools, fewerPools, due, sweeps } = sizes
  const few = await sweepKnownPools({ pools: fewerPools, due, sweeps })
  const many = await sweepKnownPools({ pools, due, sweeps })
  return [
    ...requestsOf(many, due),
    memoryOf(many, few, fewerPools),
    processorOf(many),
    ...(await readsOf(sizes.poolsInTable)),
  ]
}

/** The first sweep has pools archived; the last one finds nothing to do. */
function requestsOf(swept: readonly SweptPools[], due: number): readonly Figure[] {
  const [first, last] = [swept.at(0), swept.at(-1)]
  const quiet = sum(last)
  // Whose token it is, is asked once by each process.
  const forPools = sum(first) - (first?.requests['GET /pools'] ?? 0) - 1
  return [
    alone('requests, when nothing has changed', 'requests', quiet, 3_400),
    alone(`more, for each of ${due} pools to be archived`, 'requests', forPools / due, 5),
  ]
}

function sum(swept: SweptPools | undefined): number {
  return Object.values(swept?.requests ?? {}).reduce((total, count) => total + count, 0)
}

function memoryOf(
  many: readonly SweptPools[],
  few: readonly SweptPools[],
  fewerPools: number,
): Figure {
  const peakOf = (swept: readonly SweptPools[]): number =>
    Math.max(...swept.map(({ peakMiB }) => peakMiB))
  const [ours, alternative] = [peakOf(many), peakOf(few)] as const
  return {
    what: `most memory, in MiB, beside ${fewerPools.toLocaleString('en')} pools`,
    unit: 'times as much',
    ours,
    alternative,
    value: ours / alternative,
    spread: null,
    mark: { atMost: 1.3 },
  }
}

/** Of the whole process, so the pools that are archived count as well. */
function processorOf(swept: readonly SweptPools[]): Figure {
  const each = swept.map(({ processorSeconds, result }) => processorSeconds / result.listed)
  const inMicroseconds = each.map((seconds) => seconds * 1_000_000)
  return {
    ...alone(
      'processor time of the archiver, for each pool',
      'µs',
      quantile(inMicroseconds, 0.5),
      60,
    ),
    spread: [quantile(inMicroseconds, 0.25), quantile(inMicroseconds, 0.75)],
  }
}

async function readsOf(pools: number): Promise<readonly Figure[]> {
  const { read, readOfRecords } = await sweepOverTable(pools)
  const perTwo = (units: number): number => (2 * units) / pools
  return [
    alone('DynamoDB, reading the records of two pools', 'units', perTwo(readOfRecords), 1),
    alone(`the same with all else, at ${pools} pools`, 'units', perTwo(read), 1),
  ]
}

/** One archiver on this machine, and a great many closed pools, nearly all of them known. */
export const sweep: Benchmark = {
  title: 'Sweep of 1,000,000 closed pools',
  run: () => measureSweeps(fullSize),
}
