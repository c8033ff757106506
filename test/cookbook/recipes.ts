import { dirname } from 'node:path'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import type { CommandLine } from '../cli/command-line.ts'

const dayMs = 24 * 3_600_000
const hourMs = 3_600_000

/** Something that operators do: what they want, and how it looks when they do it. */
export interface Recipe {
  readonly title: string
  readonly text: string
  /** Lets happen what comes before, and says what is typed, in order. */
  readonly prepare: (kitchen: Kitchen) => Promise<readonly string[]>
}

/** The archiver of the cookbook and its pools, by the names that these have. */
export interface Kitchen extends CommandLine {
  readonly pools: Readonly<Record<'receipts' | 'signs' | 'draft' | 'paused' | 'open', string>>
}

/** Five pools, one of each kind that operators meet. */
export function addPools({ model }: CommandLine): Kitchen['pools'] {
  const receipts = addFinishedPool(model, 'Receipts')
  model.addAssignment(receipts, { status: 'REJECTED', at: beginsAt - dayMs })
  const signs = addFinishedPool(model, 'Street signs')
  const draft = model.createPool({ private_name: 'Cats, second try' })
  const paused = model.createPool(
    { private_name: 'Menus' },
    {
      createdAt: beginsAt - 9 * dayMs,
      lastStartedAt: beginsAt - 8 * dayMs,
      lastStoppedAt: beginsAt - 2 * dayMs,
      lastCloseReason: 'MANUAL',
    },
  )
  const open = model.createPool(
    { private_name: 'Audio' },
    { status: 'OPEN', lastStartedAt: beginsAt - hourMs },
  )
  return { receipts, signs, draft, paused, open }
}

const sweepAndWork = async ({ archiver, work }: Kitchen): Promise<void> => {
  await archiver.sweep()
  await work()
}

/** The book, in its order: what one recipe does, the next ones find done. */
export const recipes: readonly Recipe[] = [
  {
    title: 'See what would happen, before anything does',
    text: 'Asks Toloka about every closed pool and changes nothing. With `--output plan.json` it can be compared with a later one: `plan --compare plan.json`.',
    prepare: async () => ['plan'],
  },
  {
    title: 'See where every pool stands',
    text: 'Out of the records, without a request to Toloka. `--state`, `--reason`, `--project` and `--due 7d` narrow it down.',
    prepare: async (kitchen) => {
      await sweepAndWork(kitchen)
      return ['list', 'list --state waiting --due 14d']
    },
  },
  {
    title: 'Find out why a pool is not archived, and when it will be',
    text: 'Reads the pool anew and goes through the rule line by line; nothing is changed.',
    prepare: async ({ pools }) => [`explain ${pools.receipts}`],
  },
  {
    title: 'Keep a pool for a while',
    text: 'A hold wins over everything, up to the moment of the archive request. Without `--until` it lasts until it is released.',
    prepare: async ({ pools }) => [
      `hold ${pools.receipts} --until 2026-03-01 --reason "audit by finance"`,
    ],
  },
  {
    title: 'Let the rule decide again',
    text: 'A pool that nobody holds stays as it is, so releasing twice does no harm.',
    prepare: async ({ pools }) => [`release ${pools.receipts}`],
  },
  {
    title: 'Stop everything at once',
    text: 'Read before every archive request. Planning, and following requests that are on their way, go on.',
    prepare: async () => ['pause', 'resume'],
  },
  {
    title: 'Archive a pool without waiting for its grace',
    text: 'Skips our own grace, never the nine days of an appeal and never pending work. It asks first; `--yes` answers for scripts.',
    prepare: async ({ pools }) => [`archive-now ${pools.paused} --yes`],
  },
  {
    title: 'Clear away an abandoned draft',
    text: 'Drafts are never archived by themselves: somebody may still be preparing them.',
    prepare: async ({ pools }) => [
      `archive-now ${pools.draft} --yes`,
      `archive-now ${pools.draft} --despite never-started --yes`,
    ],
  },
  {
    title: 'Try again after something was mended',
    text: 'The rule decides as ever; only the waiting is cut short.',
    prepare: async ({ model, work, archiver }) => {
      const poolId = addFinishedPool(model, 'Invoices')
      model.scriptArchive(poolId, { kind: 'fail', afterMs: 0 })
      await archiver.sweep()
      await work()
      return ['list --reason operation-failed', `retry ${poolId}`, 'list --state archived']
    },
  },
  {
    title: 'Make sure that Toloka tells when a pool closes',
    text: 'Needs `WEBHOOK_URL`. Each sweep does the same by itself.',
    prepare: async ({ model }) => {
      const settings = { private_name: 'Video' }
      model.createPool(settings, { status: 'OPEN', lastStartedAt: beginsAt - hourMs })
      return ['subscriptions', 'subscriptions --keep']
    },
  },
  {
    title: 'Look into the dead letters',
    text: 'Wake-ups that failed again and again. The sweep finds their pools too, so nothing is lost; putting them back is safe at any age.',
    prepare: async ({ archiver, pools, clock }) => {
      const wakeUp = { version: 1, poolId: pools.receipts, cause: 'hint', dueAt: clock.at } as const
      await archiver.queue.request(wakeUp)
      for (const { id } of await archiver.queue.takeDue(clock.at, 9)) {
        await archiver.queue.bury(id, 'TypeError: something that was mended since')
      }
      return ['redrive', 'redrive --yes']
    },
  },
  {
    title: 'Prove who archived what, and why it was allowed',
    text: 'One line of JSON for each pool; [records.md](records.md) explains each field.',
    prepare: async (kitchen) => {
      await kitchen.work()
      return [`export --output ${dirname(kitchen.config.dataFile)}/audit.jsonl`]
    },
  },
]
