import type { ArchiveScript } from '../fake-toloka/world.ts'
import type { Random } from './random.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** What happens to the world at an instant, ms since the epoch. */
export interface Happening {
  readonly at: number
  readonly what: string
  readonly happen: () => void | Promise<void>
  /** The archiver may take so long to look again by itself, for nothing tells it. */
  readonly unnoticedForMs?: number
}

/** How an archive request, of anybody, goes. */
export function drawScript(random: Random): ArchiveScript {
  return random.pick<ArchiveScript>([
    { kind: 'instant' },
    {
      kind: 'slow',
      pendingMs: random.integer(0, minuteMs),
      runningMs: random.integer(0, random.pick([minuteMs, hourMs, 30 * hourMs])),
    },
    { kind: 'fail', afterMs: random.integer(0, hourMs) },
    { kind: 'success-but-not-archived', forMs: random.integer(0, 3 * hourMs) },
    { kind: 'refuse', status: 409, code: 'CONFLICT_STATE' },
    { kind: 'refuse', status: 409, code: 'POOL_LOCKED_BY_ANOTHER_OPERATION' },
    { kind: 'refuse', status: 400, code: 'VALIDATION_ERROR' },
  ])
}
