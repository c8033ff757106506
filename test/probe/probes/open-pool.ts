import { answered, stillOpen, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const refused: Question = {
  number: '1',
  text: 'Is archiving an open pool refused by 409?',
  why: 'A pool can be reopened between the last look and the request.',
  switches: [],
}

const byWhichCode: Question = {
  number: '1',
  text: 'By which code is it refused?',
  why: 'The code is kept in the record and shown to people.',
  switches: ['wrongStatusCode'],
}

async function ask({ account }: Kit): Promise<readonly Finding[]> {
  const poolId = await account.makePool({ purpose: 'archive an open pool', tasks: 1 })
  await account.change(poolId, 'open')
  const answer = await account.archive(poolId)
  const evidence = [answer]
  const { status, code } = answer
  const isRefused = status === 409
  const first = told(refused, isRefused ? 'confirmed' : 'refuted', `${status}.`, evidence)
  if (!isRefused) return [first, stillOpen(byWhichCode, 'It is not refused by 409.', evidence)]
  if (code === 'INAPPROPRIATE_STATUS' || code === 'POOL_INAPPROPRIATE_STATUS') {
    return [first, answered(byWhichCode, { wrongStatusCode: code }, `${code}.`, evidence)]
  }
  if (code === null) return [first, stillOpen(byWhichCode, 'The 409 has no code.', evidence)]
  return [first, told(byWhichCode, 'refuted', `${code}, which the fake does not know.`, evidence)]
}

export const openPool: Probe = {
  name: 'open-pool',
  questions: [refused, byWhichCode],
  does: 'makes a pool, opens it, asks to archive it',
  ask,
}
