import { fieldsOf } from '../answer.ts'
import { answered, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const dates: Question = {
  number: '8',
  text: 'Are the dates of a start and a close absent from a pool that was never opened?',
  why: 'A draft is told by its missing last_started, and left alone.',
  switches: ['unsetDates'],
}

const reason: Question = {
  number: '8',
  text: 'Does a pool that was never opened lack a close reason?',
  why: 'A close reason alone must not make a draft look finished.',
  switches: ['draftCloseReason'],
}

async function ask({ account, client }: Kit): Promise<readonly Finding[]> {
  const poolId = await account.makePool({ purpose: 'a draft' })
  const answer = await client.get(`/pools/${poolId}`)
  const pool = fieldsOf(answer.json)
  const shown = JSON.stringify({
    last_started: pool['last_started'],
    last_stopped: pool['last_stopped'],
    last_close_reason: pool['last_close_reason'],
  })
  const evidence = [answer]
  const values = [pool['last_started'], pool['last_stopped']]
  const closeReason = pool['last_close_reason'] ?? null
  const asDates = values.every((value) => value === undefined)
    ? answered(dates, { unsetDates: 'absent' }, 'They are absent.', evidence)
    : values.every((value) => value === null)
      ? answered(dates, { unsetDates: 'null' }, 'They are null.', evidence)
      : told(dates, 'refuted', `The draft says ${shown}.`, evidence)
  const asReason =
    closeReason === null
      ? answered(reason, { draftCloseReason: 'absent' }, 'It has none.', evidence)
      : closeReason === 'MANUAL'
        ? answered(reason, { draftCloseReason: 'MANUAL' }, 'It shows MANUAL.', evidence)
        : told(reason, 'refuted', `The draft says ${shown}.`, evidence)
  return [asDates, asReason]
}

export const draft: Probe = {
  name: 'draft',
  questions: [dates, reason],
  does: 'makes a pool without tasks, reads it',
  ask,
}
