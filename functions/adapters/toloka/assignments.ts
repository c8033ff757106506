import * as z from 'zod/mini'
import type { Answer, Toloka } from '../../application/ports.ts'
import type { Assignment } from '../../domain/pool.ts'
import { serverTimeOf } from './answer.ts'
import { idField, optionalDate } from './fields.ts'
import { readItems } from './page.ts'
import { parsePart } from './parse-answer.ts'
import { checkPoolId } from './path.ts'
import type { Send, TolokaRequest } from './request.ts'
import { formatTolokaDate } from './toloka-date.ts'

const assignmentSchema = z.object({
  id: idField,
  pool_id: idField,
  status: z.string(),
  rejected: optionalDate,
})

export function createAssignments(send: Send): Pick<Toloka, 'findPendingWork' | 'findRejection'> {
  return {
    findPendingWork: async (poolId) =>
      findOne(send, { pool_id: checkPoolId(poolId), status: 'ACTIVE,SUBMITTED', limit: 1 }),
    // Without a status: an answer accepted on appeal still counts if Toloka keeps its date.
    findRejection: async (poolId, since) =>
      findOne(send, {
        pool_id: checkPoolId(poolId),
        rejected_gte: formatTolokaDate(since),
        sort: '-rejected',
        limit: 1,
      }),
  }
}

async function findOne(
  send: Send,
  query: NonNullable<TolokaRequest['query']>,
): Promise<Answer<Assignment | null>> {
  const { answer, items } = await readItems(send, 'assignments', query)
  const serverTime = serverTimeOf(answer)
  if (items.length === 0) return { value: null, serverTime }
  const found = parsePart(answer, items[0], assignmentSchema, ['items', 0])
  const { id, pool_id: poolId, status, rejected } = found
  return { value: { id, poolId, status, rejectedAt: rejected ?? null }, serverTime }
}
