import { asyncProperty } from 'fast-check'
import { createDeliveryReader } from '../../functions/adapters/toloka/delivery-reader.ts'
import { receiveDelivery } from '../../functions/application/receive-delivery.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import { recordJournal } from '../local/recorded-journal.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { deliver, someDraft } from './arbitrary-deliveries.ts'
import { canaries } from './canary.ts'
import { judgeDelivery, Statuses } from './delivery-judge.ts'
import { fuzz } from './fuzz.ts'

const now = Date.UTC(2026, 0, 5, 10)
const clock = { now: () => now }
const reader = createDeliveryReader({
  secrets: async () => [canaries.secret, canaries.previous],
  clock,
  toleranceMs: dayMs,
})
const statuses = new Statuses()

fuzz(
  'deliveries to the use case',
  () =>
    asyncProperty(someDraft, async (draft) => {
      const delivery = deliver(draft, now)
      const wakeUps = new MemoryWakeUps()
      const journal = recordJournal()
      const answer = await receiveDelivery({ reader, wakeUps, clock, journal }, delivery)
      statuses.count(answer.status)

      judgeDelivery(delivery, now, {
        status: answer.status,
        woken: wakeUps.waiting.map(({ wakeUp }) => wakeUp.poolId),
        said: [answer, journal.entries, wakeUps.waiting],
      })
    }),
  () => statuses.expectOnly(200, 400, 401, 413, 415),
)
