import * as z from 'zod/mini'
import type { PoolPage, Toloka } from '../../application/ports.ts'
import type { Pool } from '../../domain/pool.ts'
import { serverTimeOf } from './answer.ts'
import { idField, optionalDate, optionalText, poolIdField, wordField } from './fields.ts'
import { readPage } from './page.ts'
import { describeIssues, parseAnswer } from './parse-answer.ts'
import { checkPoolId } from './path.ts'
import { toUnreadable } from './refusal.ts'
import type { Send } from './request.ts'

/** Any level may be missing; one of another shape is an error, and not "no exam". */
const qualityControl = z.object({
  configs: z.nullish(
    z.array(
      z.nullish(
        z.object({
          rules: z.nullish(
            z.array(z.nullish(z.object({ action: z.nullish(z.object({ type: optionalText })) }))),
          ),
        }),
      ),
    ),
  ),
})

const poolSchema = z.object({
  id: poolIdField,
  project_id: idField,
  status: wordField,
  private_name: optionalText,
  private_comment: optionalText,
  // Documented as lists of texts.
  metadata: z.nullish(z.record(z.string(), z.nullish(z.union([z.array(z.string()), z.string()])))),
  last_close_reason: z.nullish(wordField),
  last_started: optionalDate,
  last_stopped: optionalDate,
  type: optionalText,
  training: z.nullish(z.boolean()),
  assignment_max_duration_seconds: z.nullish(z.number()),
  auto_accept_period_day: z.nullish(z.number()),
  quality_control: z.nullish(qualityControl),
})

const automaticDecisions = new Set(['REJECT_ALL_ASSIGNMENTS', 'APPROVE_ALL_ASSIGNMENTS'])

export function createPools(send: Send): Pick<Toloka, 'readPool' | 'listPools'> {
  return {
    readPool: async (poolId) => {
      const answer = await send({ method: 'GET', path: `pools/${checkPoolId(poolId)}` })
      const value = toPool(parseAnswer(answer, poolSchema))
      if (value.id !== poolId) throw toUnreadable(answer, `field id: it is pool ${value.id}`)
      return { value, serverTime: serverTimeOf(answer) }
    },
    listPools: async (status, after) => {
      const { items, next } = await readPage(send, 'pools', { status }, after)
      return { ...sortOut(items), next }
    },
  }
}

/** One pool that makes no sense must not keep the others from being seen, nor go unseen. */
function sortOut(items: readonly unknown[]): Pick<PoolPage, 'pools' | 'unreadable'> {
  const pools: Pool[] = []
  const unreadable: PoolPage['unreadable'][number][] = []
  for (const [index, item] of items.entries()) {
    const { data, error } = poolSchema.safeParse(item)
    if (data) {
      pools.push(toPool(data))
    } else {
      const poolId = z.object({ id: poolIdField }).safeParse(item).data?.id ?? null
      unreadable.push({ poolId, problem: describeIssues(error, ['items', index]) })
    }
  }
  return { pools, unreadable }
}

function toPool(pool: z.output<typeof poolSchema>): Pool {
  return {
    id: pool.id,
    projectId: pool.project_id,
    privateName: pool.private_name ?? null,
    privateComment: pool.private_comment ?? null,
    metadata: Object.fromEntries(
      Object.entries(pool.metadata ?? {}).map(([key, value]) => [key, [value ?? []].flat()]),
    ),
    status: pool.status,
    lastCloseReason: pool.last_close_reason ?? null,
    lastStartedAt: pool.last_started ?? null,
    lastStoppedAt: pool.last_stopped ?? null,
    training: pool.type === 'TRAINING' || pool.training === true,
    assignmentMaxDurationSeconds: pool.assignment_max_duration_seconds ?? null,
    autoAcceptPeriodDays: pool.auto_accept_period_day ?? null,
    decidesAutomatically: actionsOf(pool).some((type) => automaticDecisions.has(type)),
  }
}

function actionsOf({ quality_control: control }: z.output<typeof poolSchema>): readonly string[] {
  const rules = (control?.configs ?? []).flatMap((config) => config?.rules ?? [])
  return rules.map((rule) => rule?.action?.type ?? '')
}
