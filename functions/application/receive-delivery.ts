import type { Clock, Delivery, DeliveryReader, Journal, WakeUps } from './ports.ts'

export interface DeliveryAnswer {
  /** HTTP status. */
  readonly status: 200 | 400 | 401 | 413 | 415 | 503
  /** What the sender did wrong; null if nothing. */
  readonly problem: string | null
}

/**
 * A webhook of Toloka: each closed pool in it is to be looked at. Answers 200 only when every
 * wake-up is durable; an event is a hint, so a replayed or doubled one does no harm. Whatever fails
 * here, such as a secret that cannot be read, is a 503: the sender may try again.
 */
export async function receiveDelivery(
  {
    reader,
    wakeUps,
    clock,
    journal,
  }: {
    readonly reader: DeliveryReader
    readonly wakeUps: WakeUps
    readonly clock: Clock
    readonly journal: Journal
  },
  delivery: Delivery,
): Promise<DeliveryAnswer> {
  try {
    const reading = await reader.read(delivery)
    if (reading.kind === 'refused') {
      const { status, problem } = reading
      journal.write(status === 401 ? 'WEBHOOK_UNAUTHORIZED' : 'WEBHOOK_REFUSED', {
        status,
        problem,
      })
      return { status, problem }
    }
    const { poolIds, ignored } = reading
    for (const poolId of poolIds) {
      await wakeUps.request({ version: 1, poolId, cause: 'hint', dueAt: clock.now() })
    }
    journal.write('WEBHOOK_ACCEPTED', { pools: poolIds.length, ignored })
    return { status: 200, problem: null }
  } catch (error) {
    journal.write('WEBHOOK_FAILED', { problem: String(error) })
    return { status: 503, problem: 'The events could not be stored. Please send them again.' }
  }
}
