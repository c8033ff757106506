import type { ArchivalStore } from '../../../functions/application/ports.ts'
import { dayMs } from '../../../functions/domain/instant.ts'
import type { PoolHistory } from '../../fake-toloka/make-pool.ts'
import type { TolokaModel } from '../../fake-toloka/model.ts'
import type { PoolSettings } from '../../fake-toloka/world.ts'

/** Pools that are alike: their ids are the first one and the numbers after it. */
interface Block {
  readonly firstId: number
  readonly count: number
}

/** Closed pools that the archiver knows and leaves alone, and some that it has to archive. */
export interface LargeAccount {
  readonly blocks: readonly Block[]
  /** Pools that it has to archive: of every second one it does not know yet. */
  readonly dueIds: readonly string[]
}

interface Kind {
  readonly settings: Partial<PoolSettings>
  readonly history: Omit<PoolHistory, 'id'>
}

/** As much as pools have: what the archiver reads is checked in all of it. */
const control = {
  configs: [
    {
      collector_config: { type: 'CAPTCHA', parameters: { history_size: 5 } },
      rules: [
        {
          conditions: [
            { key: 'stored_results_count', operator: 'EQ', value: 5 },
            { key: 'success_rate', operator: 'LTE', value: 60 },
          ],
          action: {
            type: 'RESTRICTION_V2',
            parameters: { scope: 'PROJECT', duration: 3, duration_unit: 'DAYS' },
          },
        },
      ],
    },
    {
      collector_config: { type: 'ASSIGNMENT_SUBMIT_TIME', parameters: { history_size: 5 } },
      rules: [
        {
          conditions: [{ key: 'fast_submitted_count', operator: 'GTE', value: 3 }],
          action: {
            type: 'RESTRICTION_V2',
            parameters: { scope: 'ALL_PROJECTS', duration: 8, duration_unit: 'HOURS' },
          },
        },
      ],
    },
  ],
}

/** Each kind is left alone for a reason that a sweep checks on every pool by its fingerprint. */
function kindsAt(now: number): { kept: Kind; blocked: Kind; draft: Kind } {
  const settings = { quality_control: control, metadata: { batch: ['2026-03', 'street signs'] } }
  const history = {
    createdAt: now - 40 * dayMs,
    lastStartedAt: now - 39 * dayMs,
    lastStoppedAt: now - 30 * dayMs,
    lastCloseReason: 'COMPLETED',
  }
  return {
    kept: { settings: { ...settings, private_comment: '[keep] for the audit' }, history },
    blocked: { settings, history: { ...history, lastCloseReason: 'BLOCKED' } },
    draft: { settings, history: { createdAt: history.createdAt } },
  }
}

const firstId = 36_000_000

/** Arranges an account with so many closed pools, of which `due` have to be archived. */
export function arrangeLargeAccount(model: TolokaModel, pools: number, due: number): LargeAccount {
  const { kept, blocked, draft } = kindsAt(model.now)
  const third = Math.floor(pools / 3)
  const blocks = [
    { ...kept, firstId, count: third },
    { ...blocked, firstId: firstId + third, count: third },
    { ...draft, firstId: firstId + 2 * third, count: pools - 2 * third },
  ]
  for (const { settings, history, ...block } of blocks) {
    model.createManyPools(String(block.firstId), block.count, settings, history)
  }
  return { blocks, dueIds: chooseDue(blocks.at(-1), due) }
}

/** All over the last block, and never its first pool, by which the others are known. */
function chooseDue(block: Block | undefined, due: number): readonly string[] {
  if (block === undefined || due >= block.count) throw new Error(`Too many pools are due: ${due}.`)
  const step = Math.floor((block.count - 1) / Math.max(1, due))
  return Array.from({ length: due }, (_, index) => String(block.firstId + (index + 1) * step))
}

/** Drafts that are started, worked on and closed: they can be archived at once. */
export function finishPools(model: TolokaModel, { dueIds }: LargeAccount): void {
  for (const poolId of dueIds) {
    model.openPool(poolId)
    model.addManyAssignments(poolId, 100, model.now)
    model.closePool(poolId)
  }
}

/**
 * Fills a store with the records of an account: those that a look decided on for the first pool of
 * each block, under the ids of the others. To look at each of a million pools would take an hour.
 *
 * @param writtenAtOnce records that share a commit, or connections
 */
export async function rememberPools(
  { blocks, dueIds }: LargeAccount,
  store: ArchivalStore,
  lookAt: (poolId: string) => Promise<void>,
  writtenAtOnce: number,
): Promise<void> {
  const unknown = new Set(dueIds.filter((_, index) => index % 2 === 0))
  for (const { firstId: first, count } of blocks) {
    await lookAt(String(first))
    const record = await store.get(String(first))
    if (record?.state !== 'held') throw new Error(`The pool is not held: ${record?.reason}.`)
    for (let from = 1; from < count; from += writtenAtOnce) {
      const length = Math.min(writtenAtOnce, count - from)
      const poolIds = Array.from({ length }, (_, index) => String(first + from + index))
      const known = poolIds.filter((poolId) => !unknown.has(poolId))
      await Promise.all(known.map((poolId) => store.put({ ...record, poolId }, 0)))
    }
  }
}
