import type { TolokaModel } from './model.ts'
import type { Delivery } from './world.ts'

type Fetch = (url: string, init: RequestInit) => Promise<Response>

const timeoutMs = 5000

/**
 * Posts every webhook that is due, one after the other, and records what the receiver answered.
 * Returns how many were posted.
 */
export async function deliverWebhooks(
  model: TolokaModel,
  fetchImplementation: Fetch = fetch,
): Promise<number> {
  const due = model.takeDueDeliveries()
  for (const delivery of due) {
    model.recordDelivery(delivery, await post(delivery, fetchImplementation))
  }
  return due.length
}

/** Posts one webhook. The status of the answer, or null if there was none. */
export async function post(
  delivery: Delivery,
  fetchImplementation: Fetch = fetch,
): Promise<number | null> {
  try {
    const response = await fetchImplementation(delivery.url, {
      method: 'POST',
      headers: delivery.headers,
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    // A receiver that cannot be reached is one of the things that happen to webhooks.
    return null
  }
}
