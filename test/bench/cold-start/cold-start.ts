import type { FunctionName } from '../../handlers/stack.ts'
import type { Benchmark, Figure, Mark } from '../benchmark.ts'
import { compareRounds } from '../compare-rounds.ts'
import {
  buildColdStarts,
  bytesOf,
  functionNames,
  type ColdStartBundles,
} from './cold-start-bundles.ts'
import { openColdStartGround } from './cold-start-ground.ts'
import { startCold, type ColdStart } from './start-cold.ts'

/** Above an empty handler, of the time of the naive bundle. */
const timeMarks: Readonly<Record<FunctionName, Mark | null>> = {
  webhook: { atMost: 0.6 },
  'wake-up': { atMost: 0.85 },
  sweep: null,
}

const sizeMarks: Readonly<Record<FunctionName, Mark>> = {
  webhook: { atMost: 260_000 },
  'wake-up': { atMost: 450_000 },
  sweep: { atMost: 450_000 },
}

type Kind = 'empty' | 'ours' | 'naive'

/** What is started: the empty handler is called as the webhook is, for it has to be called somehow. */
const contenders = [
  { kind: 'empty', name: 'webhook' },
  ...functionNames.flatMap((name) => [
    { kind: 'ours', name } as const,
    { kind: 'naive', name } as const,
  ]),
] as const satisfies readonly { readonly kind: Kind; readonly name: FunctionName }[]

/** By kind and name; in each round all are started once. */
type Round = ReadonlyMap<string, ColdStart>

const keyOf = (kind: Kind, name: FunctionName): string => `${kind} ${name}`

/**
 * Starts each contender once in each round, every time in another order.
 *
 * @param warmUp so many rounds before the first, for whatever answers must be compiled as well
 */
export async function startInRounds(
  { program, empty, ours, naive }: ColdStartBundles,
  rounds: number,
  warmUp: number,
): Promise<readonly Round[]> {
  const ground = await openColdStartGround()
  const start = async (kind: Kind, name: FunctionName): Promise<ColdStart> => {
    const { event, environment, check } = ground.prepare(name)
    const bundle = { empty: () => empty, ours, naive }[kind](name)
    const started = await startCold(program, bundle, event, environment)
    if (kind !== 'empty') await check(started.result)
    return started
  }
  try {
    const found: Round[] = []
    for (let round = -warmUp; round < rounds; round += 1) {
      const started = new Map<string, ColdStart>()
      const first = Math.max(0, round) % contenders.length
      for (const { kind, name } of [...contenders.slice(first), ...contenders.slice(0, first)]) {
        started.set(keyOf(kind, name), await start(kind, name))
      }
      if (round >= 0) found.push(started)
    }
    return found
  } finally {
    await ground.close()
  }
}

/** How long it takes above an empty handler, beside how long the naive bundle takes above it. */
function compare(
  rounds: readonly Round[],
  name: FunctionName,
  what: 'ms' | 'cpuMs',
  mark: Mark | null,
): Figure {
  const aboveEmpty = (kind: Kind): readonly number[] =>
    rounds.map((round) => {
      const of = (key: string): number => round.get(key)?.[what] ?? Number.NaN
      return of(keyOf(kind, name)) - of(keyOf('empty', 'webhook'))
    })
  return compareRounds({
    what: `${name}, ${what === 'ms' ? 'ms' : 'ms of the processor'}`,
    unit: 'times as long',
    ours: aboveEmpty('ours'),
    alternative: aboveEmpty('naive'),
    mark,
  })
}

function weigh({ ours, naive }: ColdStartBundles, name: FunctionName): Figure {
  const [bytes, alternative] = [bytesOf(ours(name)), bytesOf(naive(name))]
  const alone = { unit: 'bytes', value: bytes, spread: null, mark: sizeMarks[name] }
  return { what: `${name}, size`, ours: bytes, alternative, ...alone }
}

/** From the start of a process to the first answer of a function in it. */
export const coldStart: Benchmark = {
  title: 'Cold start: from the start of a process to the first answer, above an empty handler',
  run: async () => {
    const bundles = await buildColdStarts('cold-start')
    const rounds = await startInRounds(bundles, 21, 3)
    return [
      ...functionNames.map((name) => compare(rounds, name, 'ms', timeMarks[name])),
      ...functionNames.map((name) => compare(rounds, name, 'cpuMs', null)),
      ...functionNames.map((name) => weigh(bundles, name)),
    ]
  },
}
