import * as z from 'zod/mini'
import { defaultPersonality } from './personality.ts'
import type { Personality } from './personality.ts'

/** Every switch with the values that the fake knows. */
const switches = z.strictObject({
  earlyArchive: z.enum(['refused', 'accepted-then-fails']),
  pendingWork: z.enum(['refused', 'accepted-then-fails', 'allowed']),
  appealLiftsBlock: z.boolean(),
  appealKeepsRejectedDate: z.boolean(),
  examClock: z.enum(['close', 'rejections']),
  nineDays: z.enum(['elapsed', 'calendar']),
  secondArchive: z.enum(['locked', 'exists', 'same-operation', 'new-operation', 'no-content']),
  statusDuringArchive: z.enum(['CLOSED', 'LOCKED']),
  wrongStatusCode: z.enum(['INAPPROPRIATE_STATUS', 'POOL_INAPPROPRIATE_STATUS']),
  failDetails: z.enum(['error', 'empty', 'absent']),
  runningCarriesFinished: z.boolean(),
  refusalBody: z.enum(['envelope', 'empty']),
  retryAfter: z.enum(['absent', 'seconds', 'date']),
  quotaInterval: z.enum(['in-payload', 'absent']),
  missingPool: z.literal([404, 403]),
  foreignPool: z.literal([403, 404]),
  badToken: z.literal([401, 403]),
  rejectedSort: z.enum(['honoured', 'ignored', 'ascending']),
  poolIdOrder: z.enum(['numeric', 'text']),
  poolStatusList: z.enum(['refused', 'accepted']),
  defaultLimit: z.literal([50, 20]),
  hasMore: z.enum(['exact', 'when-page-is-full']),
  unsetDates: z.enum(['absent', 'null']),
  draftCloseReason: z.enum(['absent', 'MANUAL']),
  dateFractionDigits: z.literal([0, 2, 3, 5, 6]),
  dateZone: z.enum(['', 'Z']),
  dateHeader: z.enum(['present', 'absent']),
  dateHeaderSkewMs: z.number(),
  closedForUpdateWebhook: z.enum(['sent', 'not-sent']),
  eventBody: z.enum(['wrapped', 'bare']),
  testEvent: z.enum(['wrapped', 'bare']),
  webhookBody: z.enum(['compact', 'indented-signed-compact', 'indented-signed-as-sent']),
  signLeadingZeros: z.enum(['kept', 'lost']),
  signatureForm: z.enum(['braces', 'no-braces', 'other-order']),
  redelivery: z.enum(['never', 'three-times']),
  subscriptionIdentity: z.enum(['pool-event-and-address', 'pool-and-event']),
  subscriptionArrayStatus: z.literal([200, 201]),
  testNotificationStatus: z.literal([201, 200]),
}) satisfies z.ZodMiniType<Personality>

/**
 * Reads JSON as a report of the probe kit has it; what is left out is as the documents say. Null if
 * it is no JSON, or holds what the fake does not know.
 */
export function parsePersonality(text: string): Personality | null {
  try {
    const given = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
    return switches.parse({ ...defaultPersonality, ...given })
  } catch {
    return null
  }
}
