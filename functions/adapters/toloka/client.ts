import * as z from 'zod/mini'
import type { Toloka } from '../../application/ports.ts'
import type { Subscriptions } from '../../application/subscription-ports.ts'
import { serverTimeOf } from './answer.ts'
import { createAssignments } from './assignments.ts'
import { idField } from './fields.ts'
import { createOperations } from './operations.ts'
import { parseAnswer } from './parse-answer.ts'
import { createPools } from './pools.ts'
import { createSend, type Connection, type Send } from './request.ts'
import { createSubscriptions } from './subscriptions.ts'

const requesterSchema = z.object({ id: idField })

/** Toloka over HTTP. Sends nothing before it is asked to, and keeps nothing. */
export function createTolokaClient(connection: Connection): Toloka & Subscriptions {
  return createTolokaClientOver(createSend(connection))
}

/** Toloka by whatever takes the requests there. */
export function createTolokaClientOver(send: Send): Toloka & Subscriptions {
  return {
    ...createPools(send),
    ...createAssignments(send),
    ...createOperations(send),
    ...createSubscriptions(send),
    readRequester: async () => {
      const answer = await send({ method: 'GET', path: 'requester' })
      return { ...parseAnswer(answer, requesterSchema), serverTime: serverTimeOf(answer) }
    },
  }
}
