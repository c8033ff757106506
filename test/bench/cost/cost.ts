import { describeAlternatives, type Alternative, type Kind } from './alternatives.ts'
import type { Benchmark, Figure, Mark } from '../benchmark.ts'
import { countLives, type CountedLives } from './counted-lives.ts'
import { usageOfLife, usageOfMonth, usageOfMonthWith } from './our-usage.ts'
import { describePath } from './path-to-ten.ts'
import { itemsOf, priceOf, pricesOf, priceTable, together, type Usage } from './price-table.ts'

const million = 1_000_000
const pools = { clean: 'clean pools', rejected: 'pools with a rejection' } as const

/** Clean pools in a month. */
const months = [1, 1_000, million]

/** What a million pools cost on AWS, counted out, and what they would cost by other designs. */
export const cost: Benchmark = {
  title: `Cost on AWS in USD, by list prices of ${pricesOf}`,
  run: async () => describeCost(await countLives()),
}

export async function describeCost(lives: CountedLives): Promise<readonly Figure[]> {
  const alternatives = await describeAlternatives()
  return [
    ...describeBill('a million clean pools', ofLife('clean', lives), { atMost: 20 }),
    ...describeBill('a million pools with a rejection', ofLife('rejected', lives), null),
    ...describeBill('a million clean pools, slow operations', ofLife('slow', lives), null).slice(
      -1,
    ),
    ...describeBill('each month', usageOfMonth(), null),
    ...describePath(lives.clean).map(({ name, usdAfter, usdSaved }) => ({
      what: `path to 10, a million clean pools: ${name}`,
      unit: 'USD less',
      ours: usdAfter,
      alternative: null,
      value: usdSaved,
      spread: null,
      mark: null,
    })),
    ...alternatives.flatMap((other) => besideMillion(other, lives)),
    ...alternatives.flatMap(besideRequests),
    ...months.flatMap((count) => alternatives.map((other) => besideMonth(other, count, lives))),
  ]
}

function ofLife(kind: Kind | 'slow', lives: CountedLives): Usage {
  return together([million, usageOfLife(lives[kind])])
}

/** A figure for each item, in USD and as it is counted, and one for all of them. */
function describeBill(what: string, usage: Usage, mark: Mark | null): readonly Figure[] {
  const lines = itemsOf(usage).map((item) => ({
    what: `${what}: ${priceTable[item].name}`,
    unit: priceTable[item].unit,
    ours: priceOf({ [item]: usage[item] }),
    alternative: null,
    value: usage[item] ?? 0,
    spread: null,
    mark: null,
  }))
  const usd = priceOf(usage)
  const sum = { ours: usd, alternative: null, value: usd, spread: null, mark }
  return [...lines, { what: `${what}: together`, unit: 'USD', ...sum }]
}

function beside(what: string, ours: number, alternative: number, unit: string): Figure {
  return { what, unit, ours, alternative, value: alternative / ours, spread: null, mark: null }
}

function besideMillion({ name, perPool }: Alternative, lives: CountedLives): readonly Figure[] {
  return (['clean', 'rejected'] as const).map((kind) => {
    const ours = priceOf(ofLife(kind, lives))
    const theirs = priceOf(together([million, perPool[kind]]))
    return beside(`a million ${pools[kind]}: ${name}`, ours, theirs, 'times ours')
  })
}

/** Only where another design asks Toloka more often than ours. */
function besideRequests({ name, tolokaRequests }: Alternative): readonly Figure[] {
  const { ours, theirs } = { ours: 8, theirs: tolokaRequests.rejected }
  if (theirs <= ours) return []
  return [beside(`requests for a pool with a rejection: ${name}`, ours, theirs, 'times ours')]
}

function besideMonth(
  { name, perMonth, perPool }: Alternative,
  count: number,
  lives: CountedLives,
): Figure {
  const ours = priceOf(usageOfMonthWith(count, lives))
  const theirs = priceOf(together(perMonth, [count, perPool.clean]))
  const pool = count === 1 ? 'pool' : 'pools'
  const what = `${count.toLocaleString('en')} clean ${pool} in a month: ${name}`
  return beside(what, ours, theirs, 'times ours')
}
