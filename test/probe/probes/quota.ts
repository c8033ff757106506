import { fieldsOf } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { answered, stillOpen, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const retryAfter: Question = {
  number: '10',
  text: 'Does a 429 come without Retry-After?',
  why: 'Without it the archiver goes by the interval of the quota.',
  switches: ['retryAfter'],
}

const interval: Question = {
  number: '10',
  text: 'Does a 429 for a used-up quota name its interval?',
  why: 'It says whether to wait for a minute, an hour or a day.',
  switches: ['quotaInterval'],
}

const perSecond: Question = {
  number: '10',
  text: 'How does the limit of 300 requests a second answer?',
  why: 'The archiver stays far below it.',
  switches: [],
}

/** Toloka lets 20 pools be made in a minute. */
const mostPools = 25

async function ask(kit: Kit): Promise<readonly Finding[]> {
  const body = await kit.account.poolBody('use up the quota')
  let last: Answer | null = null
  for (let count = 0; count < mostPools && last?.status !== 429; count++) {
    last = await kit.client.post('/pools', body)
  }
  const third = stillOpen(perSecond, 'Not tried: the service is shared with others.')
  if (last?.status !== 429) {
    const why = `No 429 after ${mostPools} pools.`
    return [stillOpen(retryAfter, why), stillOpen(interval, why), third]
  }
  return [aboutRetryAfter(last), aboutInterval(last), third]
}

function aboutRetryAfter(answer: Answer): Finding {
  const value = answer.headers['retry-after']
  const form = value === undefined ? 'absent' : /^\d+$/.test(value) ? 'seconds' : 'date'
  const said = value === undefined ? 'It is absent.' : `Retry-After: ${value}`
  return answered(retryAfter, { retryAfter: form }, said, [answer])
}

function aboutInterval(answer: Answer): Finding {
  if (answer.text === '') return stillOpen(interval, 'The 429 has an empty body.', [answer])
  const value = fieldsOf(fieldsOf(answer.json)['payload'])['interval']
  if (value === undefined) {
    return answered(interval, { quotaInterval: 'absent' }, 'It names none.', [answer])
  }
  const said = `It names ${JSON.stringify(value)}.`
  return value === 'MIN' || value === 'HOUR' || value === 'DAY'
    ? answered(interval, { quotaInterval: 'in-payload' }, said, [answer])
    : told(interval, 'refuted', said, [answer])
}

export const quota: Probe = {
  name: 'quota',
  questions: [retryAfter, interval, perSecond],
  does: `makes pools without tasks until Toloka answers 429, at most ${mostPools}`,
  needs: 'burst',
  ask,
}
