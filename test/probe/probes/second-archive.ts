import { textOf } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { isUnderWay } from '../account.ts'
import { answered, stillOpen, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const second: Question = {
  number: '5',
  text: 'What answers a second archive request while the first operation runs?',
  why: 'After a lost answer nobody knows whether an operation runs.',
  switches: ['secondArchive'],
}

const status: Question = {
  number: '5',
  text: 'Does a pool stay CLOSED while it is being archived?',
  why: 'A look in between must not take the pool for locked by somebody else.',
  switches: ['statusDuringArchive'],
}

const again: Question = {
  number: '5',
  text: 'Is an archive request for an archived pool answered by 204?',
  why: 'It is how a request is known to have been done before.',
  switches: [],
}

const tooFast = 'The operation had ended before it could be seen running.'

async function ask(kit: Kit): Promise<readonly Finding[]> {
  const { account, client } = kit
  const poolId = await account.makePool({ purpose: 'archive twice', tasks: 1 })
  await account.change(poolId, 'open')
  await account.change(poolId, 'close')
  const first = await account.archive(poolId)
  const repeated = await account.archive(poolId)
  const pool = await client.get(`/pools/${poolId}`)
  const operation = await client.get(`/operations/${textOf(first.json, 'id') ?? 'none'}`)
  const isStillRunning = isUnderWay(operation)
  const findings = [
    isStillRunning ? aboutSecond(first, repeated) : stillOpen(second, tooFast, [first, repeated]),
    isStillRunning ? aboutStatus(pool) : stillOpen(status, tooFast, [pool, operation]),
  ]
  const end = await account.follow(repeated.status === 202 ? repeated : first)
  const afterwards = await account.archive(poolId)
  const isDone = afterwards.status === 204
  const evidence = [...(end === null ? [] : [end]), afterwards]
  const answer = `${afterwards.status}.`
  return [...findings, told(again, isDone ? 'confirmed' : 'refuted', answer, evidence)]
}

function aboutSecond(first: Answer, repeated: Answer): Finding {
  const evidence = [first, repeated]
  const said = `${repeated.status}${repeated.code === null ? '' : `, ${repeated.code}`}`
  const see = (
    secondArchive: 'locked' | 'exists' | 'same-operation' | 'new-operation' | 'no-content',
    answer = `${said}.`,
  ): Finding => answered(second, { secondArchive }, answer, evidence)
  switch (repeated.status) {
    case 204:
      return see('no-content', '204, although the operation still runs.')
    case 202: {
      const isSame = textOf(repeated.json, 'id') === textOf(first.json, 'id')
      return isSame
        ? see('same-operation', '202 with the same operation.')
        : see('new-operation', '202 with another operation.')
    }
    case 409:
      if (repeated.code === 'POOL_LOCKED_BY_ANOTHER_OPERATION') return see('locked')
      if (repeated.code === 'OPERATION_ALREADY_EXISTS') return see('exists')
      return repeated.code === null
        ? stillOpen(second, '409 without a code: locked or exists cannot be told apart.', evidence)
        : told(second, 'refuted', `${said}, which the fake does not know.`, evidence)
    default:
      return told(second, 'refuted', `${said}.`, evidence)
  }
}

function aboutStatus(pool: Answer): Finding {
  const shown = textOf(pool.json, 'status')
  if (shown === 'CLOSED' || shown === 'LOCKED') {
    return answered(status, { statusDuringArchive: shown }, `It shows ${shown}.`, [pool])
  }
  return told(status, 'refuted', `It shows ${shown ?? 'no status'}.`, [pool])
}

export const secondArchive: Probe = {
  name: 'second-archive',
  questions: [second, status, again],
  does: 'makes a pool, opens and closes it, asks three times to archive it',
  ask,
}
