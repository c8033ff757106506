import { answered, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const question: Question = {
  number: '–',
  text: 'What answers for a pool of another account?',
  why: 'It tells a wrong token from a wrong pool id.',
  switches: ['foreignPool'],
}

async function ask({ client, foreignPool: poolId }: Kit): Promise<readonly Finding[]> {
  const answer = await client.get(`/pools/${poolId ?? ''}`)
  const { status } = answer
  return status === 403 || status === 404
    ? [answered(question, { foreignPool: status }, `${status}.`, [answer])]
    : [told(question, 'refuted', `${status}.`, [answer])]
}

export const foreignPool: Probe = {
  name: 'foreign-pool',
  questions: [question],
  does: 'reads the pool of --foreign-pool, and nothing else',
  needs: 'foreign-pool',
  ask,
}
