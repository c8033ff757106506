import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import * as z from 'zod/mini'
import { createEventAnnouncer } from '../../functions/adapters/aws/event-announcer.ts'
import { createJournalAnnouncer } from '../../functions/adapters/system/journal-announcer.ts'
import { startAwsEndpoint } from '../adapters/aws/aws-endpoint.ts'
import { recordJournal } from '../local/recorded-journal.ts'
import { describeAnnouncer } from './announcer-contract.ts'

describeAnnouncer('The journal', async () => {
  const journal = recordJournal()
  return {
    announcer: createJournalAnnouncer(journal),
    told: async () => journal.entries.map(({ fields }) => fields),
    close: async () => {},
  }
})

const putEvents = z.object({
  Entries: z.array(z.object({ DetailType: z.string(), Detail: z.string() })),
})
const detail = z.looseObject({})

describeAnnouncer('EventBridge', async () => {
  const taken = { body: { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } }
  const aws = await startAwsEndpoint(() => taken)
  return {
    announcer: createEventAnnouncer(new EventBridgeClient(aws.options), 'archiver'),
    told: async () =>
      aws.calls.flatMap(({ input }) =>
        z
          .parse(putEvents, input)
          .Entries.map(({ DetailType, Detail }) =>
            Object.assign(z.parse(detail, JSON.parse(Detail)), { kind: DetailType }),
          ),
      ),
    close: () => aws.close(),
  }
})
