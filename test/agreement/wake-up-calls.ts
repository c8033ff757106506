import { constant, constantFrom, integer, oneof, record, type Arbitrary } from 'fast-check'
import type { WakeUp, WakeUps } from '../../functions/application/ports.ts'
import { minuteMs, toIso, type Instant } from '../../functions/domain/instant.ts'
import { start } from '../contract/records.ts'
import { someInstant, somePoolId } from './some-record.ts'

/** What becomes of a wake-up that was taken: null if it is done, else when it is taken again. */
export type Handle = (wakeUp: WakeUp) => Promise<Instant | null>

/** A place where wake-ups are asked for, by two processes, and worked off by one of them. */
export interface WakeUpGround {
  /** The first works them off. */
  readonly processes: readonly [WakeUps, WakeUps]
  /** Works off the first that is due; false if none is. */
  readonly workOffNext: (now: Instant, handle: Handle) => Promise<boolean>
  readonly nextAt: () => Promise<Instant | null>
}

/** How all that is due is handled. */
type Manner =
  | 'done'
  /** The same is asked for again while it is handled, as by a webhook that comes twice. */
  | 'asked for again'
  | 'failed'

/** What is asked of a ground. */
export type WakeUpCall =
  | { readonly kind: 'request'; readonly wakeUp: WakeUp }
  | {
      readonly kind: 'work'
      readonly now: Instant
      readonly manner: Manner
      readonly retryMs: number
    }

export function describeCall(call: WakeUpCall): string {
  if (call.kind === 'request') return `request(${describeWakeUp(call.wakeUp)})`
  const { now, manner, retryMs } = call
  const retry = manner === 'failed' ? `, again after ${retryMs / minuteMs} min` : ''
  return `work off what is due at ${toIso(now)} (${manner}${retry})`
}

export const describeWakeUp = ({ poolId, cause, dueAt }: WakeUp): string =>
  `${cause} for ${poolId} due ${toIso(dueAt)}`

export const someWakeUpDueAt = (dueAt: Arbitrary<Instant>): Arbitrary<WakeUp> =>
  record({
    version: constant(1 as const),
    poolId: somePoolId,
    cause: constantFrom('timer' as const, 'hint' as const),
    dueAt,
  })

const someNow = integer({ min: -100, max: 100 }).map((minutes) => start + minutes * minuteMs)

export const someWakeUpCall: Arbitrary<WakeUpCall> = oneof(
  {
    weight: 3,
    arbitrary: record({
      kind: constant('request' as const),
      wakeUp: someWakeUpDueAt(someInstant),
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      kind: constant('work' as const),
      now: oneof(someNow, someInstant),
      manner: constantFrom<Manner[]>('done', 'asked for again', 'failed'),
      retryMs: integer({ min: 1, max: 90 }).map((minutes) => minutes * minuteMs),
    }),
  },
)
