import type { Account, Attempt } from '../account.ts'
import { itemsOf, textOf } from '../answer.ts'
import { answered, stillOpen } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'
import { awaitAnswers, nobodyCame } from '../tolokers.ts'

const early: Question = {
  number: '2',
  text: 'Is archiving within nine days of a rejection refused at once, by 409?',
  why: 'Otherwise it is an operation that fails, and has to be followed to its end.',
  switches: ['earlyArchive'],
}

const lifts: Question = {
  number: '6',
  text: 'Does accepting the rejected answers lift the block?',
  why: 'If not, the archiver asks again each day until the nine days are over.',
  switches: ['appealLiftsBlock'],
}

const keeps: Question = {
  number: '6',
  text: 'Does an answer that is accepted on appeal lose its date of rejection?',
  why: 'The archiver asks for dates of rejection, whatever became of the answer.',
  switches: ['appealKeepsRejectedDate'],
}

const sort: Question = {
  number: '7',
  text: 'Does sort=-rejected with limit=1 give the newest rejection?',
  why: 'The end of the nine days is reckoned from it; the archiver is right without it, but asks more often.',
  switches: ['rejectedSort'],
}

const questions = [early, lifts, keeps, sort]
const betweenRejectionsMs = 1500

async function ask(kit: Kit): Promise<readonly Finding[]> {
  const { account } = kit
  const purpose = 'rejected answers'
  const poolId = await account.makePool({ purpose, tasks: 3 })
  await account.change(poolId, 'open')
  await kit.tolokers?.doTasks({ poolId, purpose }, 3)
  const answers = await awaitAnswers(kit, poolId, 'SUBMITTED', 3)
  if (answers === null) return questions.map((question) => stillOpen(question, nobodyCame))
  const sorted = await aboutSort(kit, poolId, answers)
  await account.change(poolId, 'close')
  const attempt = await account.tryToArchive(poolId)
  return [aboutEarly(attempt), ...(await aboutAppeal(account, poolId, answers, attempt)), sorted]
}

/** Rejects the second, the first, the third: an order that is neither that of ids nor its reverse. */
async function aboutSort(
  { account, client, clock }: Kit,
  poolId: string,
  [first = '', second = '', third = '']: readonly string[],
): Promise<Finding> {
  for (const id of [second, first, third]) {
    await account.review(id, 'REJECTED')
    await clock.wait(betweenRejectionsMs)
  }
  const query = { pool_id: poolId, status: 'REJECTED', sort: '-rejected' }
  const one = await client.get('/assignments', { ...query, limit: 1 })
  const all = await client.get('/assignments', { ...query, limit: 100 })
  const names = new Map([third, first, second].map((id, index) => [id, index + 1]))
  const order = [...itemsOf(one), ...itemsOf(all)]
    .map((item) => names.get(textOf(item, 'id') ?? '') ?? '?')
    .join('')
  const evidence = [one, all]
  switch (order) {
    case '1123':
      return answered(sort, { rejectedSort: 'honoured' }, 'The newest comes first.', evidence)
    case '3321':
      return answered(sort, { rejectedSort: 'ascending' }, 'The oldest comes first.', evidence)
    default: {
      const said = 'The order is not that of the rejections.'
      return answered(sort, { rejectedSort: 'ignored' }, said, evidence)
    }
  }
}

function aboutEarly({ outcome, evidence }: Attempt): Finding {
  switch (outcome) {
    case 'refused':
      return answered(early, { earlyArchive: outcome }, 'It is refused at once.', evidence)
    case 'accepted-then-fails':
      return answered(early, { earlyArchive: outcome }, 'The operation fails.', evidence)
    case 'archived':
      return { ...stillOpen(early, 'It was archived!', evidence), conclusion: 'refuted' }
    case 'unclear':
    default:
      return stillOpen(early, 'The attempt came to no clear end.', evidence)
  }
}

async function aboutAppeal(
  account: Account,
  poolId: string,
  answers: readonly string[],
  attempt: Attempt,
): Promise<readonly Finding[]> {
  if (attempt.outcome === 'archived') {
    const archived = 'The pool was archived before an appeal could be tried.'
    return [stillOpen(lifts, archived), stillOpen(keeps, archived)]
  }
  for (const id of answers) await account.review(id, 'ACCEPTED')
  const query = { pool_id: poolId, status: 'ACCEPTED', limit: 100 }
  const list = await account.client.get('/assignments', query)
  const isKept = itemsOf(list).some((item) => textOf(item, 'rejected') !== null)
  const said = isKept ? 'It keeps the date.' : 'The date is gone.'
  const kept = answered(keeps, { appealKeepsRejectedDate: isKept }, said, [list])
  return [aboutLifting(await account.tryToArchive(poolId)), kept]
}

function aboutLifting({ outcome, evidence }: Attempt): Finding {
  if (outcome === 'unclear') {
    return stillOpen(lifts, 'The attempt came to no clear end.', evidence)
  }
  const isLifted = outcome === 'archived'
  const said = isLifted ? 'The pool is archived at once.' : 'The pool still cannot be archived.'
  return answered(lifts, { appealLiftsBlock: isLifted }, said, evidence)
}

export const rejections: Probe = {
  name: 'rejections',
  questions,
  does: 'makes a pool, rejects three answers by a Toloker, asks to archive it, accepts the answers, asks again; it may have to stay for nine days',
  needs: 'toloker',
  ask,
}
