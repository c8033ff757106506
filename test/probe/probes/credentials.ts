import { isOk } from '../answer.ts'
import { answered, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const served: Question = {
  number: '13',
  text: 'Does the API v1 still serve this account?',
  why: 'The newest public evidence of the API is from 2024.',
  switches: [],
}

const badToken: Question = {
  number: '12',
  text: 'Is a bad token answered by 401 or by 403?',
  why: 'A refused token stops the whole account, a refused pool only itself.',
  switches: ['badToken'],
}

const wrongToken = 'OAuth a-token-that-the-probe-kit-made-up'

async function ask({ client }: Kit): Promise<readonly Finding[]> {
  const own = await client.get('/requester')
  const wrong = await client.send('GET', '/requester', { authorization: wrongToken })
  const { status, code } = wrong
  const said = `${status}, ${code ?? 'without a code'}.`
  return [
    told(served, isOk(own) ? 'confirmed' : 'refuted', `It answered ${own.status}.`, [own]),
    status === 401 || status === 403
      ? answered(badToken, { badToken: status }, said, [wrong])
      : told(badToken, 'refuted', said, [wrong]),
  ]
}

export const credentials: Probe = {
  name: 'credentials',
  questions: [badToken, served],
  does: 'asks who the requester is, once with a made-up token',
  ask,
}
