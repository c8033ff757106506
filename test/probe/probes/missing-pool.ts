import { isOk } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { nobodysPool } from '../ledger.ts'
import { answered, stillOpen, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const read: Question = {
  number: '4',
  text: 'What answers for a pool id that does not exist?',
  why: 'A missing pool is a wrong account or environment, and needs a person.',
  switches: ['missingPool'],
}

const archived: Question = {
  number: '4',
  text: 'Does an archive request for it get the same answer?',
  why: 'It must not be taken for “archived already”.',
  switches: [],
}

async function ask({ client }: Kit): Promise<readonly Finding[]> {
  const seen = await client.get(`/pools/${nobodysPool}`)
  const first = whatAnswers(seen)
  if (isOk(seen)) return [first, stillOpen(archived, 'The pool exists.', [seen])]
  const answer = await client.post(`/pools/${nobodysPool}/archive`)
  const isSame = answer.status === seen.status
  return [
    first,
    told(archived, isSame ? 'confirmed' : 'refuted', `${answer.status}.`, [seen, answer]),
  ]
}

function whatAnswers(seen: Answer): Finding {
  const { status } = seen
  return status === 404 || status === 403
    ? answered(read, { missingPool: status }, `${status}.`, [seen])
    : told(read, 'refuted', `${status}.`, [seen])
}

export const missingPool: Probe = {
  name: 'missing-pool',
  questions: [read, archived],
  does: `reads pool ${nobodysPool}, and if it does not exist, asks to archive it`,
  ask,
}
