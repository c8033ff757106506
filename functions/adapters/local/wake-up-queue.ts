import * as z from 'zod/mini'
import type { Clock, WakeUp, WakeUps } from '../../application/ports.ts'
import type { Instant } from '../../domain/instant.ts'
import { shorten } from '../../domain/shorten.ts'
import type { DataFile } from './data-file.ts'

/** A wake-up that was handed out, and is to be given back by its id. */
export interface TakenWakeUp {
  readonly id: number
  readonly wakeUp: WakeUp
  /** How often it failed before. */
  readonly failures: number
}

/**
 * The wake-ups of a data file, for the one process that works them off. Which are being handled is
 * known in memory only: after a crash they are simply due again. Every call may throw a
 * DataFileError.
 */
export interface WakeUpQueue extends WakeUps {
  /**
   * Up to `limit` wake-ups due at `now`, the oldest first, and never two of one pool: as long as
   * one of a pool is out, its others stay in.
   */
  readonly takeDue: (now: Instant, limit: number) => Promise<readonly TakenWakeUp[]>
  /** It is done, and so is every hint of its pool that had come when it was taken, if it is one. */
  readonly finish: (id: number) => Promise<void>
  /** It failed, and is due again at `dueAt`. */
  readonly retryLater: (id: number, dueAt: Instant, problem: string) => Promise<void>
  /** It failed for good, and goes to the dead letters. */
  readonly bury: (id: number, problem: string) => Promise<void>
  /** When the next one can be taken, at once perhaps; null if there is none. */
  readonly nextDueAt: () => Promise<Instant | null>
  /**
   * Calls `listener` after each request in this process, with the time from which the wake-up is
   * due. Returns what ends that. Requests of other processes are not heard of: look now and then.
   */
  readonly onRequest: (listener: (dueAt: Instant) => void) => () => void
}

const wakeUpRow = z.object({
  id: z.int(),
  pool_id: z.string(),
  cause: z.enum(['timer', 'hint']),
  due_at: z.int(),
  take_at: z.int(),
  failures: z.int(),
})

type WakeUpRow = z.infer<typeof wakeUpRow>

const lastRow = z.object({ id: z.nullable(z.int()) })

/** A wake-up that is out. */
interface Out {
  readonly wakeUp: WakeUp
  readonly takenAt: Instant
  /** The newest wake-up of all that there were then. */
  readonly lastId: number
}

const columns = 'id, pool_id, cause, due_at, take_at, failures'

export const wakeUpStatements = {
  insert: `
    insert into wake_ups (pool_id, cause, due_at, take_at, requested_at) values (?, ?, ?, ?, ?)
    on conflict do nothing`,
  due: `select ${columns} from wake_ups where take_at <= ? order by take_at, id`,
  next: `select ${columns} from wake_ups order by take_at, id`,
  last: 'select max(id) as id from wake_ups',
  remove: 'delete from wake_ups where id = ?',
  removeAnswered: `
    delete from wake_ups
    where pool_id = ? and due_at < ? and cause = 'hint' and id <= ? and id <> ?`,
  postpone: 'update wake_ups set take_at = ?, failures = failures + 1, problem = ? where id = ?',
  bury: `
    insert into dead_letters
      (pool_id, cause, due_at, requested_at, failures, problem, buried_at)
    select pool_id, cause, due_at, requested_at, failures + 1, ?, ? from wake_ups where id = ?`,
} as const

/** The wake-ups in a data file. The clock only dates what is stored. */
export function createWakeUpQueue({ prepare, read, write }: DataFile, clock: Clock): WakeUpQueue {
  const insert = prepare(wakeUpStatements.insert)
  const due = prepare(wakeUpStatements.due)
  const next = prepare(wakeUpStatements.next)
  const last = prepare(wakeUpStatements.last)
  const remove = prepare(wakeUpStatements.remove)
  const removeAnswered = prepare(wakeUpStatements.removeAnswered)
  const postpone = prepare(wakeUpStatements.postpone)
  const bury = prepare(wakeUpStatements.bury)

  /** Wake-ups that are out, by their ids. */
  const out = new Map<number, Out>()
  /** Those among them that were requested again meanwhile: finishing one does not finish both. */
  const requestedAgain = new Set<number>()
  const listeners = new Set<(dueAt: Instant) => void>()

  const giveBack = async (id: number, work: () => void): Promise<void> => {
    try {
      await write(work)
    } finally {
      out.delete(id)
      requestedAgain.delete(id)
    }
  }
  const poolsOut = (): Set<string> => new Set([...out.values()].map(({ wakeUp }) => wakeUp.poolId))

  /** Later ones stay: the look may have read the pool before. So do those of the same instant. */
  const removeHintsBefore = (id: number, { wakeUp, takenAt, lastId }: Out): void => {
    if (wakeUp.cause === 'hint') removeAnswered.run(wakeUp.poolId, takenAt, lastId, id)
  }

  return {
    request: async ({ poolId, cause, dueAt }) => {
      await write(() => {
        insert.run(poolId, cause, dueAt, dueAt, clock.now())
        // Here and not later, or one that is finished in the same commit would take this along.
        for (const [id, { wakeUp: taken }] of out) {
          const isSame = taken.poolId === poolId && taken.cause === cause && taken.dueAt === dueAt
          if (isSame) requestedAgain.add(id)
        }
      })
      for (const listener of listeners) listener(dueAt)
    },
    takeDue: (now, limit) =>
      read(() => {
        const taken = firstOfEachPool(due.iterate(now), poolsOut(), limit).map(toTaken)
        const lastId = z.parse(lastRow, last.get()).id ?? 0
        for (const { id, wakeUp } of taken) out.set(id, { wakeUp, takenAt: now, lastId })
        return taken
      }),
    finish: (id) =>
      giveBack(id, () => {
        if (!requestedAgain.has(id)) remove.run(id)
        const taken = out.get(id)
        if (taken) removeHintsBefore(id, taken)
      }),
    retryLater: (id, dueAt, problem) =>
      giveBack(id, () => postpone.run(dueAt, shorten(problem), id)),
    bury: (id, problem) =>
      giveBack(id, () => {
        bury.run(shorten(problem), clock.now(), id)
        remove.run(id)
      }),
    nextDueAt: () =>
      read(() => {
        const [first] = firstOfEachPool(next.iterate(), poolsOut(), 1)
        return first?.take_at ?? null
      }),
    onRequest: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Reads no further than it must, and adds to `poolIds` the pools that it found. */
function firstOfEachPool(rows: Iterable<unknown>, poolIds: Set<string>, limit: number) {
  const found: WakeUpRow[] = []
  if (limit < 1) return found
  for (const value of rows) {
    const row = z.parse(wakeUpRow, value)
    if (poolIds.has(row.pool_id)) continue
    poolIds.add(row.pool_id)
    found.push(row)
    if (found.length === limit) break
  }
  return found
}

function toTaken({ id, pool_id: poolId, cause, due_at: dueAt, failures }: WakeUpRow): TakenWakeUp {
  return { id, wakeUp: { version: 1, poolId, cause, dueAt }, failures }
}
