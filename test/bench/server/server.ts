import type { Benchmark } from '../benchmark.ts'
import { compareRounds } from '../compare-rounds.ts'
import { loadServers } from './load-servers.ts'

/** The whole archiver beside the least that could be called the same. */
export const server: Benchmark = {
  title: 'The whole local server: signed webhooks, each on the disk before its 200',
  run: async () => {
    const { ours, bare } = await loadServers({
      rounds: 9,
      warmUps: 3,
      seconds: 3,
      connections: 64,
      pools: 20_000,
      isLooking: true,
    })
    return [
      compareRounds({
        what: 'webhooks a second, beside node:http with one INSERT for each',
        unit: 'times as many',
        ours: ours.map(({ accepted, seconds }) => accepted / seconds),
        alternative: bare.map(({ accepted, seconds }) => accepted / seconds),
        mark: { atLeast: 0.7 },
      }),
      compareRounds({
        what: 'processor time for each, µs; looks included',
        unit: 'times as much',
        ours: ours.map(({ processorMicroseconds }) => processorMicroseconds),
        alternative: bare.map(({ processorMicroseconds }) => processorMicroseconds),
        mark: null,
      }),
      compareRounds({
        what: 'share of a core for which the sender was busy',
        unit: 'times as much',
        ours: ours.map(({ senderBusy }) => senderBusy),
        alternative: bare.map(({ senderBusy }) => senderBusy),
        mark: null,
      }),
    ]
  },
}
