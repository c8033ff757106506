import { countClosedPools } from '../application/plan-account.ts'
import type { Toloka } from '../application/ports.ts'
import { minuteMs } from '../domain/instant.ts'
import type { CommandContext } from './command.ts'
import { count } from './words.ts'

/** Tells how far a plan has come. */
export interface PlanProgress {
  /** To be asked by the plan, so that its requests are counted. */
  readonly toloka: Toloka
  /** Finds out how much there is to do, if somebody looks. Throws TolokaError. */
  readonly begin: () => Promise<void>
  readonly show: (pools: number) => void
}

export function followPlan({
  console: { dependencies },
  isWatched,
  progress,
}: Pick<CommandContext, 'console' | 'isWatched' | 'progress'>): PlanProgress {
  const { clock } = dependencies
  const begunAt = clock.now()
  let [done, total, requests] = [0, 0, 0]
  const show = (): void => {
    const spentMs = clock.now() - begunAt
    const left = total === 0 ? 'counting' : timeLeft(spentMs, done, total)
    progress(`${done} of ${count(total, 'pool')}, ${count(requests, 'request')}, ${left}`)
  }
  const toloka = counted(dependencies.toloka, () => {
    requests += 1
    show()
  })
  return {
    toloka,
    begin: async () => {
      if (isWatched) total = await countClosedPools(toloka)
    },
    show: (pools) => {
      done = pools
      show()
    },
  }
}

/** As if what is left went on as it went so far. */
function timeLeft(spentMs: number, done: number, total: number): string {
  if (done === 0) return 'begins'
  const minutes = Math.ceil((spentMs * Math.max(0, total - done)) / done / minuteMs)
  return `about ${minutes} min left`
}

/** Tells of each request that a plan makes, before it is made. */
function counted(toloka: Toloka, onRequest: () => void): Toloka {
  return {
    ...toloka,
    listPools: (status, after) => {
      onRequest()
      return toloka.listPools(status, after)
    },
    findPendingWork: (poolId) => {
      onRequest()
      return toloka.findPendingWork(poolId)
    },
    findRejection: (poolId, since) => {
      onRequest()
      return toloka.findRejection(poolId, since)
    },
  }
}
