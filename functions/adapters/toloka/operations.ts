import * as z from 'zod/mini'
import type { Toloka } from '../../application/ports.ts'
import type { Operation } from '../../domain/operation.ts'
import { shorten } from '../../domain/shorten.ts'
import { idField, optionalDate, wordField } from './fields.ts'
import { readPages } from './page.ts'
import { parseAnswer, parsePart } from './parse-answer.ts'
import { toUnreadable } from './refusal.ts'
import { checkPoolId, toPathPart } from './path.ts'
import type { Send } from './request.ts'
import { formatTolokaDate } from './toloka-date.ts'
import { writeJson } from './write-json.ts'

const archiving = 'POOL.ARCHIVE'
const ofPool = z.object({ parameters: z.nullish(z.object({ pool_id: z.nullish(idField) })) })

const operationSchema = z.extend(ofPool, {
  id: idField,
  type: wordField,
  status: wordField,
  submitted: optionalDate,
  started: optionalDate,
  finished: optionalDate,
  progress: z.nullish(z.number()),
  details: z.optional(z.unknown()),
})

export function createOperations(
  send: Send,
): Pick<Toloka, 'archivePool' | 'readOperation' | 'findArchiveOperations'> {
  return {
    archivePool: async (poolId) => {
      const path = `pools/${checkPoolId(poolId)}/archive`
      const answer = await send({ method: 'POST', path })
      if (answer.status === 204) return { kind: 'already-archived' }
      const operation = toOperation(parseAnswer(answer, operationSchema))
      const isOurs = operation.type === archiving && (operation.poolId ?? poolId) === poolId
      if (!isOurs) throw toUnreadable(answer, `operation ${operation.id} is another one`)
      return { kind: 'accepted', operation }
    },
    readOperation: async (operationId) => {
      const path = `operations/${toPathPart(operationId)}`
      const answer = await send({ method: 'GET', path })
      const operation = toOperation(parseAnswer(answer, operationSchema))
      if (operation.id === operationId) return operation
      throw toUnreadable(answer, `field id: it is operation ${operation.id}`)
    },
    findArchiveOperations: async (poolId, since) => {
      const ofThisPool = checkPoolId(poolId)
      const found: Operation[] = []
      const query = { type: archiving, submitted_gte: formatTolokaDate(since) }
      for await (const { answer, items } of readPages(send, 'operations', query)) {
        for (const [index, item] of items.entries()) {
          // What is wrong with an operation of another pool is no concern of this one.
          const { parameters } = parsePart(answer, item, ofPool, ['items', index])
          if (parameters?.pool_id !== ofThisPool) continue
          found.push(toOperation(parsePart(answer, item, operationSchema, ['items', index])))
        }
      }
      return found
        .filter(({ type, submittedAt }) => type === archiving && (submittedAt ?? since) >= since)
        .toSorted((one, other) => (one.submittedAt ?? since) - (other.submittedAt ?? since))
    },
  }
}

function toOperation(operation: z.output<typeof operationSchema>): Operation {
  const { details = null } = operation
  return {
    id: operation.id,
    type: operation.type,
    status: operation.status,
    poolId: operation.parameters?.pool_id ?? null,
    submittedAt: operation.submitted ?? null,
    startedAt: operation.started ?? null,
    finishedAt: operation.finished ?? null,
    progress: operation.progress ?? null,
    details: details === null ? null : shorten(writeJson(details)),
  }
}
