import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import { viewPool } from '../../application/pool-view.ts'
import { anyRecord } from '../../application/record-query.ts'
import { escapeInvisible } from '../../domain/visible-text.ts'
import type { ArchivalRecord } from '../../domain/record.ts'
import { isReasonCode, type ReasonCode } from '../../domain/reasons.ts'
import { states } from '../../domain/states.ts'
import { durationOption } from '../arguments.ts'
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
  options: [
    new Option('--state <state>', 'only pools in this state').choices(states),
    new Option('--reason <code>', 'only pools that are where they are for this reason').argParser(
      readReason,
    ),
    new Option('--project <id>', 'only pools of this project'),
    durationOption('--due <duration>', 'only pools that are looked at again within this time'),
  ],
  examples: [
    ['list', 'all pools'],
    ['list --state attention', 'those that need a person'],
    ['list --state waiting --due 7d', 'what may be archived within a week'],
    ['list --reason review-pending --project 1234', 'answers that nobody reviewed'],
  ],
  input: z.object({
    state: z.optional(z.enum(states)),
    reason: z.optional(z.custom<ReasonCode>()),
    project: z.optional(z.string()),
    due: z.optional(z.number()),
  }),
  run: async ({ console: { dependencies }, paint }, input) => {
    const { store, clock } = dependencies
    const query = {
      ...anyRecord,
      state: input.state ?? null,
      reason: input.reason ?? null,
      projectId: input.project ?? null,
      dueUntil: input.due === undefined ? null : clock.now() + input.due,
      limit: pageSize,
    }
    const records: ArchivalRecord[] = []
    let after: string | null = null
    do {
      const page = await store.list({ ...query, after })
      records.push(...page.records)
      after = page.next
    } while (after !== null)
    return { data: { pools: records.map(viewPool) }, text: describe(records, paint) }
  },
})

function readReason(code: string): ReasonCode {
  if (isReasonCode(code)) return code
  throw new InvalidArgumentError('The code of a reason, such as appeal-window or keep-marker.')
}

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
