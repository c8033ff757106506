import { Option } from 'commander'
import * as z from 'zod/mini'
import { viewPool } from '../../application/pool-view.ts'
import { anyRecord } from '../../application/record-query.ts'
import { escapeInvisible } from '../../domain/escape-invisible.ts'
import type { ArchivalRecord } from '../../domain/record.ts'
import { states } from '../../domain/states.ts'
import { defineCommand } from '../command.ts'
import { table } from '../table.ts'
import type { Paint } from '../terminal.ts'
import { count, minute } from '../words.ts'

const pageSize = 1_000

/** What the archiver knows of all its pools. */
export const list = defineCommand({
  name: 'list',
  summary: 'the pools, and where each stands',
  description:
    'Shows what the archiver knows, from its records: Toloka is not asked. Times are UTC.',
  arguments: [],
  options: [new Option('--state <state>', 'only pools in this state').choices(states)],
  examples: [
    ['list', 'all pools'],
    ['list --state attention', 'those that need a person'],
  ],
  input: z.object({ state: z.optional(z.enum(states)) }),
  run: async ({ console: { dependencies }, paint }, { state = null }) => {
    const records: ArchivalRecord[] = []
    let after: string | null = null
    do {
      const page = await dependencies.store.list({ ...anyRecord, state, after, limit: pageSize })
      records.push(...page.records)
      after = page.next
    } while (after !== null)
    return { data: { pools: records.map(viewPool) }, text: describe(records, paint) }
  },
})

function describe(records: readonly ArchivalRecord[], paint: Paint): string {
  if (records.length === 0) return 'No pools.'
  const rows = records.map(({ poolId, pool, state, warning, reason, dueAt }) => [
    poolId,
    escapeInvisible(pool?.privateName ?? ''),
    warning || state === 'attention' ? paint('red', state) : state,
    reason,
    minute(dueAt),
  ])
  const titles = ['POOL', 'NAME', 'STATE', 'REASON', 'NEXT LOOK (UTC)']
  return `${table(titles, rows, paint)}\n\n${count(records.length, 'pool')}`
}
