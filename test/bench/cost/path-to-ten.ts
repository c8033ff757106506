import { assumed } from './assumptions.ts'
import type { CountedLife } from './counted-lives.ts'
import { memoryOf, secondsOf, usageOfLife } from './our-usage.ts'
import { priceOf, together, type Usage } from './price-table.ts'

/** What would make a life cheaper; none of it is done. */
export interface Measure {
  readonly name: string
  /** Of a million lives, in USD, after this one and those before it. */
  readonly usdAfter: number
  readonly usdSaved: number
}

const million = 1_000_000

/** Five messages to a batch, as `serverless.yml` allows, once Lambda is told to wait for them. */
const batchSize = 5
/** Five messages at once take 150 MB of it. */
const leanMemoryGb = 192 / 1_024
/** Between two requests at 100 a second instead of 20, of which a function has a third. */
const [tolokaSecondsNow, tolokaSecondsAtHundred] = [assumed.tolokaSeconds, 0.1]
/** Of the capacity that is paid for, if the table is provisioned for a steady stream of pools. */
const capacityUsed = 0.5

type Change = (usage: Usage, life: CountedLife) => Usage

const changes: Readonly<Record<string, Change>> = {
  '192 MB for the function for wake-ups': (_usage, { wakeUp }) => ({
    functionGbSeconds: -secondsOf(wakeUp) * (memoryOf('wake-up') - leanMemoryGb),
  }),
  'MAX_REQUESTS_PER_SECOND: 100': (_usage, { wakeUp }) => ({
    functionGbSeconds:
      -wakeUp.tolokaRequests * (tolokaSecondsNow - tolokaSecondsAtHundred) * leanMemoryGb,
  }),
  'a function URL in the place of the HTTP API': (_usage, { webhook }) => ({
    httpApiRequests: -webhook.calls,
  }),
  'full batches of wake-ups, by a batching window': (_usage, { wakeUp }) => {
    const spared = wakeUp.calls * (1 - 1 / batchSize)
    return {
      queueRequests: -2 * spared,
      functionCalls: -spared,
      functionGbSeconds: -spared * assumed.callSeconds * leanMemoryGb,
      logGb: (-spared * assumed.platformLogBytes) / 1e9,
    }
  },
  "without Lambda's own lines in the log": (_usage, { webhook, wakeUp }) => ({
    logGb: (-(webhook.calls + wakeUp.calls / batchSize) * assumed.platformLogBytes) / 1e9,
  }),
  'a step that ends at once leaves the index alone': () => ({ indexWrites: -2 }),
  'events by the stream of the table and a pipe': () => ({
    tableWrites: -1,
    indexWrites: -2,
    pipeRequests: 1,
  }),
  'provisioned writes, half of them used': ({ tableWrites = 0, indexWrites = 0 }) => ({
    tableWrites: -tableWrites,
    indexWrites: -indexWrites,
    writeCapacityHours: (tableWrites + indexWrites) / 3_600 / capacityUsed,
  }),
}

/** What a million of these lives would cost after one measure after the other. */
export function describePath(life: CountedLife): readonly Measure[] {
  let usage = usageOfLife(life)
  return Object.entries(changes).map(([name, change]) => {
    const before = million * priceOf(usage)
    usage = together(usage, change(usage, life))
    const usdAfter = million * priceOf(usage)
    return { name, usdAfter, usdSaved: before - usdAfter }
  })
}
