import { describeAnswer, isOk, textOf } from './answer.ts'
import type { Answer } from './answer.ts'
import { Account } from './account.ts'
import type { Clock } from './clock.ts'
import type { Kind, Ledger } from './ledger.ts'
import type { TolokaClient } from './toloka-client.ts'

/** Something of this run that is still there. */
export interface LeftOver {
  readonly kind: Kind
  readonly id: string
  readonly why: string
  /** Toloka itself refused to archive it now; it is closed, and can be archived later. */
  readonly isRefused: boolean
}

/**
 * Removes subscriptions, and closes and archives everything else that the run has made. Goes on
 * whatever happens, and returns what could not be done.
 */
export async function cleanUp(
  client: TolokaClient,
  ledger: Ledger,
  clock: Clock,
): Promise<readonly LeftOver[]> {
  const account = new Account(client, clock)
  const left: LeftOver[] = []
  const each = async (kind: Kind, remove: (id: string) => Promise<Answer>): Promise<void> => {
    const answers: [string, Answer][] = []
    const attempt = async (id: string, step: () => Promise<void>): Promise<void> => {
      try {
        await step()
      } catch (error) {
        left.push({ kind, id, why: String(error), isRefused: false })
      }
    }
    for (const id of ledger.all(kind).toReversed()) {
      await attempt(id, async () => void answers.push([id, await remove(id)]))
    }
    // Their operations run side by side.
    for (const [id, answer] of answers) {
      await attempt(id, async () => {
        const end = (await account.follow(answer)) ?? answer
        if (isDone(end)) return
        left.push({ kind, id, why: describeAnswer(end), isRefused: isRefusal(end) })
      })
    }
  }
  await findLostPools(client, ledger)
  await each('webhook-subscriptions', (id) => client.send('DELETE', `/webhook-subscriptions/${id}`))
  await each('pools', (id) => archivePool(account, id))
  await each('trainings', (id) => client.post(`/trainings/${id}/archive`))
  await each('projects', (id) => client.post(`/projects/${id}/archive`))
  return left
}

/** Pools whose making had no answer are known to the ledger once they are listed. */
async function findLostPools(client: TolokaClient, ledger: Ledger): Promise<void> {
  for (const id of ledger.all('projects')) {
    try {
      await client.get('/pools', { project_id: id, limit: 300 })
    } catch {
      // Then nothing else can be done either, and that is told.
    }
  }
}

/** Most pools are closed or archived already; what is refused is closed and reviewed first. */
async function archivePool(account: Account, poolId: string): Promise<Answer> {
  const answer = await account.archive(poolId)
  if (answer.status !== 409) return answer
  const pool = await account.client.get(`/pools/${poolId}`)
  if (textOf(pool.json, 'status') === 'OPEN') await account.change(poolId, 'close')
  const toReview = await account.answersOf(poolId, 'SUBMITTED')
  for (const id of toReview) await account.review(id, 'ACCEPTED')
  return account.archive(poolId)
}

function isDone(answer: Answer): boolean {
  const status = textOf(answer.json, 'status')
  return isOk(answer) && (status === null || status === 'SUCCESS')
}

function isRefusal(answer: Answer): boolean {
  return answer.status === 409 || textOf(answer.json, 'status') === 'FAIL'
}
