import { fieldsOf, textOf } from './answer.ts'
import type { Clock } from './clock.ts'
import type { ReceivedWebhook } from './webhook-receiver.ts'

export interface WebhookEvent {
  readonly type: string | null
  readonly closeReason: string | null
  readonly uuid: string | null
}

/** The events of a webhook, and whether they are wrapped in `events`. Null if it has none. */
export function eventsOf({ body }: ReceivedWebhook): {
  readonly form: 'wrapped' | 'bare'
  readonly events: readonly WebhookEvent[]
} | null {
  const json = parsed(body)
  const { events } = fieldsOf(json)
  if (Array.isArray(events)) return { form: 'wrapped', events: events.map(eventOf) }
  return textOf(json, 'type') === null ? null : { form: 'bare', events: [eventOf(json)] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function eventOf(value: unknown): WebhookEvent {
  return {
    type: textOf(value, 'type'),
    closeReason: textOf(value, 'close_reason'),
    uuid: textOf(value, 'uuid'),
  }
}

/** Waits until it is so. Whether that was in time. */
export async function waitUntil(
  clock: Clock,
  isSo: () => boolean,
  { patienceMs, everyMs = 1000 }: { readonly patienceMs: number; readonly everyMs?: number },
): Promise<boolean> {
  for (let waitedMs = 0; !isSo(); waitedMs += everyMs) {
    if (waitedMs >= patienceMs) return false
    await clock.wait(everyMs)
  }
  return true
}
