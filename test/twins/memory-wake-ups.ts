import type { WakeUp, WakeUps } from '../../functions/application/ports.ts'
import type { Instant } from '../../functions/domain/instant.ts'

/** A wake-up that waits to be taken. */
export interface WaitingWakeUp {
  readonly wakeUp: WakeUp
  readonly takeAt: Instant
}

/** Wake-ups in memory, in the order in which they are to be taken. */
export class MemoryWakeUps implements WakeUps {
  readonly #waiting: WaitingWakeUp[] = []

  get waiting(): readonly WaitingWakeUp[] {
    return this.#waiting
  }

  get nextAt(): Instant | null {
    return this.#waiting[0]?.takeAt ?? null
  }

  readonly request: WakeUps['request'] = async (wakeUp) => {
    const isThere = this.#waiting.some(
      ({ wakeUp: { poolId, cause, dueAt } }) =>
        poolId === wakeUp.poolId && cause === wakeUp.cause && dueAt === wakeUp.dueAt,
    )
    if (!isThere) this.putBack(wakeUp, wakeUp.dueAt)
  }

  /** One more, whether it is there already or not. */
  putBack(wakeUp: WakeUp, takeAt: Instant): void {
    const later = this.#waiting.findIndex((other) => other.takeAt > takeAt)
    this.#waiting.splice(later === -1 ? this.#waiting.length : later, 0, { wakeUp, takeAt })
  }

  /** Those that still wait among these do so no more. */
  remove(answered: readonly WaitingWakeUp[]): void {
    const left = this.#waiting.filter((one) => !answered.includes(one))
    this.#waiting.splice(0, Infinity, ...left)
  }

  /** The first that is due, and is then no longer here; null if none is. */
  take(now: Instant): WakeUp | null {
    const [first] = this.#waiting
    if (first === undefined || first.takeAt > now) return null
    this.#waiting.shift()
    return first.wakeUp
  }
}
