import type { Attempt } from '../account.ts'
import { answered, stillOpen } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'
import { awaitAnswers, nobodyCame } from '../tolokers.ts'

const why = 'Archiving would freeze somebody’s unfinished or unpaid work.'

const active: Question = {
  number: '3',
  text: 'Does an ACTIVE answer keep a closed pool from the archive?',
  why,
  switches: ['pendingWork'],
}

const submitted: Question = {
  number: '3',
  text: 'Does a SUBMITTED answer keep a closed pool from the archive?',
  why,
  switches: ['pendingWork'],
}

interface Taken {
  readonly poolId: string
  readonly purpose: string
  readonly assignments: readonly string[]
}

async function closedWhileActive(kit: Kit, purpose: string): Promise<Taken | null> {
  const poolId = await kit.account.makePool({ purpose, tasks: 1 })
  await kit.account.change(poolId, 'open')
  await kit.tolokers?.take({ poolId, purpose })
  const assignments = await awaitAnswers(kit, poolId, 'ACTIVE')
  if (assignments === null) return null
  await kit.account.change(poolId, 'close')
  return { poolId, purpose, assignments }
}

async function ask(kit: Kit): Promise<readonly Finding[]> {
  const taken = await closedWhileActive(kit, 'a task in work')
  if (taken === null) return [stillOpen(active, nobodyCame), stillOpen(submitted, nobodyCame)]
  const attempt = await kit.account.tryToArchive(taken.poolId)
  const first = conclude(active, 'ACTIVE', attempt)
  // What is archived cannot be handed in any more.
  const isGone = attempt.outcome === 'archived'
  const next = isGone ? await closedWhileActive(kit, 'an answer to review') : taken
  if (next === null) return [first, stillOpen(submitted, nobodyCame)]
  await kit.tolokers?.submit(next, next.assignments)
  if ((await awaitAnswers(kit, next.poolId, 'SUBMITTED')) === null) {
    return [first, stillOpen(submitted, nobodyCame)]
  }
  const second = await kit.account.tryToArchive(next.poolId)
  if (second.outcome !== 'archived') {
    for (const id of next.assignments) await kit.account.review(id, 'ACCEPTED')
  }
  return [first, conclude(submitted, 'SUBMITTED', second)]
}

function conclude(question: Question, status: string, { outcome, evidence }: Attempt): Finding {
  switch (outcome) {
    case 'refused':
      return answered(question, { pendingWork: outcome }, 'It is refused at once.', evidence)
    case 'accepted-then-fails':
      return answered(question, { pendingWork: outcome }, 'The operation fails.', evidence)
    case 'archived': {
      const said = `A pool with an answer that is ${status} was archived.`
      return answered(question, { pendingWork: 'allowed' }, said, evidence)
    }
    case 'unclear':
    default:
      return stillOpen(question, 'The attempt came to no clear end.', evidence)
  }
}

export const pendingWork: Probe = {
  name: 'pending-work',
  questions: [active, submitted],
  does: 'makes a pool, closes it while a Toloker works on a task, asks to archive it then and again once the task is handed in; accepts the answer',
  needs: 'toloker',
  ask,
}
