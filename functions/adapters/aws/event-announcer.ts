import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import type { Announcement } from '../../domain/record.ts'
import { reasons } from '../../domain/reasons.ts'
import { toIso } from '../../domain/instant.ts'
import type { Announcer } from '../../application/ports.ts'
import { clientOptions } from './client-options.ts'

export const connectEventBridge = (): EventBridgeClient => new EventBridgeClient(clientOptions)

/** Raised when the shape of the events changes in a way that readers would notice. docs/events.md */
const eventVersion = 1

/** Announces as events on an EventBridge bus; `docs/events.md` describes them. */
export function createEventAnnouncer(
  client: Pick<EventBridgeClient, 'send'>,
  bus: string,
): Announcer {
  return {
    announce: async (announcement) => {
      const { id, kind, poolId, at } = announcement
      const entry = {
        EventBusName: bus,
        Source: 'toloka-pool-archiver',
        DetailType: kind,
        Detail: JSON.stringify(toEventDetail(announcement)),
        Time: new Date(at),
      }
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }))
      const [answer] = Entries
      // EventBridge answers 200 even if it did not take the event.
      if (answer?.EventId === undefined) {
        const problem = `${answer?.ErrorCode ?? 'no id'}: ${answer?.ErrorMessage ?? ''}`
        throw new Error(`EventBridge did not take event ${id} of pool ${poolId}: ${problem}`)
      }
    },
  }
}

export function toEventDetail({ id, poolId, reason, detail, dueAt, at }: Announcement) {
  return {
    version: eventVersion,
    id,
    poolId,
    reason,
    text: reasons[reason],
    detail,
    dueAt: dueAt === null ? null : toIso(dueAt),
    at: toIso(at),
  }
}
