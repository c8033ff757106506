// Toloka in a thread of its own, so that its memory is not taken for that of the archiver.
import { parentPort } from 'node:worker_threads'
import { TolokaModel } from '../fake-toloka/model.ts'
import type { FloodAnswer, FloodCall } from './flood-toloka.ts'

const dayMs = 24 * 3_600_000
let at = 0
const model = new TolokaModel({ now: () => at, requestsPerSecond: Infinity })

function openPools(count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const poolId = model.createPool({}, { status: 'OPEN', lastStartedAt: at - 5 * dayMs })
    model.addManyAssignments(poolId, 1, at - dayMs)
    return poolId
  })
}

function answer(call: FloodCall): FloodAnswer {
  at = call.at
  switch (call.kind) {
    case 'open':
      return { kind: 'opened', poolIds: openPools(call.count), token: model.token }
    case 'close':
      model.closePool(call.poolId)
      return { kind: 'closed' }
    case 'request': {
      const { method, path, query, authorization } = call
      const { status, headers, body } = model.handle({
        method,
        path,
        query: new URLSearchParams(query),
        headers: { authorization },
      })
      return { kind: 'answered', status, headers, body: body ?? null }
    }
    case 'count': {
      const archived = model.poolIds.filter((poolId) => model.statusOf(poolId) === 'ARCHIVED')
      const { total, peakPerSecond } = model.requests
      const violations = model.violations.length
      return { kind: 'counted', archived: archived.length, total, peakPerSecond, violations }
    }
  }
}

parentPort?.on('message', (call: FloodCall) => parentPort?.postMessage(answer(call)))
