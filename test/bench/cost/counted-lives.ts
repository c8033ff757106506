import { dayMs } from '../../../functions/domain/instant.ts'
import { webhookRequest } from '../../handlers/webhook-request.ts'
import { addFinishedPool } from '../../local/box.ts'
import { openBilledWorld, type BilledWorld, type Called, type DueMessage } from './billed-world.ts'

/** What a function did in the life of one pool. */
export interface FunctionCounts {
  readonly calls: number
  readonly tolokaRequests: number
  /** Calls of AWS that it waits for, those of the table included. */
  readonly awsCalls: number
  readonly queueSends: number
  readonly schedules: number
  readonly events: number
  readonly secretReads: number
  readonly tableReads: number
  readonly tableWrites: number
  readonly indexWrites: number
  readonly logLines: number
  readonly logBytes: number
}

export interface CountedLife {
  readonly webhook: FunctionCounts
  readonly wakeUp: FunctionCounts
}

const nothing: FunctionCounts = {
  calls: 0,
  tolokaRequests: 0,
  awsCalls: 0,
  queueSends: 0,
  schedules: 0,
  events: 0,
  secretReads: 0,
  tableReads: 0,
  tableWrites: 0,
  indexWrites: 0,
  logLines: 0,
  logBytes: 0,
}

export interface CountedLives {
  /** Every answer accepted. */
  readonly clean: CountedLife
  /** An answer was rejected on the day before: nine days to wait. */
  readonly rejected: CountedLife
  /** As `clean`, but the operation takes some seconds. */
  readonly slow: CountedLife
  /** As `clean`, but each function has to be started for it. */
  readonly cleanAndCold: CountedLife
}

/** Has the functions archive pools, and counts what they ask of AWS and of Toloka. */
export async function countLives(): Promise<CountedLives> {
  const world = await openBilledWorld()
  try {
    await archiveAnother(world) // Binds the account.
    // First, because the SDK tries again what fails while its clock differs from that of AWS.
    const cleanAndCold = await countLife(world, { isCold: true })
    const clean = await countLife(world, {})
    const slow = await countLife(world, { isSlow: true })
    const rejected = await countLife(world, { isRejected: true })
    return { clean, slow, rejected, cleanAndCold }
  } finally {
    await world.close()
  }
}

interface LifeOptions {
  readonly isRejected?: boolean
  readonly isSlow?: boolean
  readonly isCold?: boolean
}

/** From the webhook on, with every message that comes of it, in its time, until none is left. */
async function countLife(
  world: BilledWorld,
  { isRejected = false, isSlow = false, isCold = false }: LifeOptions,
): Promise<CountedLife> {
  const { stack, now, goTo, call } = world
  if (!isCold) await archiveAnother(world)
  const poolId = addFinishedPool(stack.model, 'Street signs', now())
  if (isRejected) stack.model.addAssignment(poolId, { status: 'REJECTED', at: now() - dayMs })

  if (isSlow) stack.model.scriptArchive(poolId, { kind: 'slow', runningMs: 5_000 })

  const delivered = await call('webhook', webhookRequest({ poolId, at: now() }), isCold)
  let wakeUp = nothing
  const queue = [...delivered.messages]
  for (let next = takeNext(queue); next !== undefined; next = takeNext(queue)) {
    if (next.dueAt > now()) {
      goTo(next.dueAt)
      if (!isCold) await archiveAnother(world) // So what was forgotten meanwhile is known again.
    }
    const called = await call('wake-up', messageEvent(next), isCold)
    wakeUp = add(wakeUp, called)
    queue.push(...called.messages)
  }
  if ((await stack.store.get(poolId))?.state !== 'archived') throw new Error('It is not archived.')
  return { webhook: add(nothing, delivered), wakeUp }
}

/** Keeps the functions warm, and their secrets fresh. */
async function archiveAnother({ stack, now, call }: BilledWorld): Promise<void> {
  const poolId = addFinishedPool(stack.model, 'Street signs', now())
  const { messages } = await call('webhook', webhookRequest({ poolId, at: now() }), false)
  for (const message of messages) await call('wake-up', messageEvent(message), false)
}

function takeNext(queue: DueMessage[]): DueMessage | undefined {
  queue.sort((one, other) => one.dueAt - other.dueAt)
  return queue.shift()
}

function messageEvent({ body }: DueMessage) {
  return { Records: [{ messageId: 'message-1', body }] }
}

function add(counts: FunctionCounts, called: Called): FunctionCounts {
  const { queueSends, schedules, events, secretReads, tolokaRequests, table, log } = called
  return {
    calls: counts.calls + 1,
    tolokaRequests: counts.tolokaRequests + tolokaRequests,
    awsCalls: counts.awsCalls + queueSends + schedules + events + secretReads + table.calls,
    queueSends: counts.queueSends + queueSends,
    schedules: counts.schedules + schedules,
    events: counts.events + events,
    secretReads: counts.secretReads + secretReads,
    tableReads: counts.tableReads + table.read,
    tableWrites: counts.tableWrites + table.written,
    indexWrites: counts.indexWrites + table.writtenToIndexes,
    logLines: counts.logLines + log.split('\n').length - 1,
    logBytes: counts.logBytes + Buffer.byteLength(log),
  }
}
