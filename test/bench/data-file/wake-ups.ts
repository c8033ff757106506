import type { Benchmark } from '../benchmark.ts'
import { compareRounds } from '../compare-rounds.ts'
import { workOffWakeUps, type Kind } from './work-off-wake-ups.ts'

const descriptions: Readonly<Record<Kind, string>> = {
  outdated: 'a second, of records that are due later: one row each',
  'put-off': 'a second, of records that are put off: three rows each',
}

/** Wake-ups beside raw SQLite that writes the same rows. */
export const wakeUps: Benchmark = {
  title: 'Wake-ups on one machine, beside SQLite alone that writes the same rows',
  run: async () => {
    const figures = []
    for (const kind of ['outdated', 'put-off'] as const) {
      const worked = await workOffWakeUps({ kind, records: 2_500, rounds: 11, warmUps: 2 })
      const perSecond = (seconds: number): number => worked.wakeUps / seconds
      figures.push(
        compareRounds({
          what: descriptions[kind],
          unit: 'times as many',
          ours: worked.ours.map(perSecond),
          alternative: worked.raw.map(perSecond),
          mark: { atLeast: 0.5 },
        }),
      )
    }
    return figures
  },
}
