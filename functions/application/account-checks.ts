import { hourMs, minuteMs, secondMs, toIso, type Instant } from '../domain/instant.ts'
import { readOwner } from './access.ts'
import { green, red, yellow, type Check, type Finding } from './check-up.ts'
import type { Dependencies } from './dependencies.ts'
import type { DeadLetterBox } from './operator-ports.ts'
import { anyRecord } from './record-query.ts'

/** Records that are due for longer are late. */
const lateAfterMs = 5 * minuteMs
/** Records that are due for longer are not late by accident. */
const stuckAfterMs = hourMs
/** More need not be counted. */
const most = 100

/** Dates of HTTP are cut to seconds, and the answer takes its time. */
const skewToMentionMs = 30 * secondMs
/** Webhooks that seem to come from further ahead are refused. */
const skewToMendMs = 5 * minuteMs

/** What can be told of an archiver wherever it runs. */
export function accountChecks(
  dependencies: Dependencies,
  deadLetters: Pick<DeadLetterBox, 'count'>,
): readonly Check[] {
  return [
    {
      name: 'token',
      look: () => checkToken(dependencies),
      advice: 'Set TOLOKA_TOKEN to a token of that account, here and for the archiver.',
    },
    {
      name: 'access',
      look: () => checkAccess(dependencies),
      advice: 'Renew the token; the archiver asks once an hour whether it is accepted again.',
    },
    {
      name: 'clock',
      look: () => checkClock(dependencies),
      advice: 'Set the clock of this machine, best by a time server.',
    },
    {
      name: 'mode',
      look: () => checkMode(dependencies),
      advice: 'Set ARCHIVE_MODE=archive once "plan" shows what you want.',
    },
    {
      name: 'sweep',
      look: () => checkSweep(dependencies),
      advice: 'Is the archiver running? Its journal says why sweeps stop; "sweep" begins one now.',
    },
    {
      name: 'overdue pools',
      look: () => checkOverdue(dependencies),
      advice: 'Is the archiver running? Its journal says what keeps it.',
    },
    {
      name: 'attention',
      look: () => checkAttention(dependencies),
      advice: '"list --state attention" shows them, and "explain <pool>" why.',
    },
    {
      name: 'dead letters',
      look: async () => {
        const number = await deadLetters.count()
        return number === 0 ? green('none') : red(`${number}: wake-ups that failed for good`)
      },
      advice: 'The journal says why they failed (WAKE_UP_FAILED); "redrive" puts them back.',
    },
  ]
}

async function checkToken(dependencies: Dependencies): Promise<Finding> {
  const requesterId = await readOwner(dependencies)
  const { owner } = await dependencies.account.read()
  const whose = `requester ${requesterId} at ${dependencies.settings.origin}`
  return owner
    ? green(`of ${whose}, as the records are`)
    : yellow(`of ${whose}; the records belong to nobody yet`, 'Start the archiver once.')
}

async function checkAccess({ account }: Dependencies): Promise<Finding> {
  const { denied } = await account.read()
  if (denied === null) return green('the archiver knows of no refusal')
  return red(`refused since ${toIso(denied.since)}: ${denied.error.message}`)
}

async function checkClock({ toloka, clock }: Dependencies): Promise<Finding> {
  const askedAt = clock.now()
  const { serverTime } = await toloka.readRequester()
  if (serverTime === null) return yellow('Toloka does not say what time it has', 'Try again later.')
  const skewMs = distance(serverTime, askedAt, clock.now())
  const seconds = Math.round(Math.abs(skewMs) / secondMs)
  const text = `${seconds} s ${skewMs > 0 ? 'behind' : 'ahead of'} Toloka's`
  if (Math.abs(skewMs) > skewToMendMs) return red(text)
  if (Math.abs(skewMs) > skewToMentionMs) return yellow(text)
  return green('as Toloka has it')
}

/** By how much an instant lies outside of a time in which it should lie; negative if before it. */
function distance(instant: Instant, from: Instant, to: Instant): number {
  return instant < from ? instant - from : Math.max(0, instant - to)
}

async function checkMode({ account, settings }: Dependencies): Promise<Finding> {
  if (settings.observing) return yellow('only watches: nothing is archived')
  const { paused } = await account.read()
  if (paused === null) return green('archives')
  const { by, since } = paused
  return yellow(`paused by ${by} since ${toIso(since)}: nothing is archived`, '"resume" ends that.')
}

async function checkSweep({ account, settings, clock }: Dependencies): Promise<Finding> {
  const { finishedAt } = (await account.read()).sweep
  if (finishedAt === null) return yellow('none has been finished yet')
  const text = `the last one was finished at ${toIso(finishedAt)}`
  // One that takes an hour, after one that has just begun.
  const lateMs = 2 * settings.sweepIntervalMs + hourMs
  return clock.now() - finishedAt > lateMs ? red(text) : green(text)
}

/** Pools that were only discovered wait for their turn by the rate, and are not late. */
async function checkOverdue({ store, clock }: Dependencies): Promise<Finding> {
  const now = clock.now()
  const due = await store.overdue(now - lateAfterMs, most)
  const late = due.filter(({ reason }) => reason !== 'discovered')
  const [oldest] = late
  if (oldest === undefined) {
    return green(
      due.length === 0 ? 'none' : `none; just found and waiting for its turn: ${many(due.length)}`,
    )
  }
  const text = `${many(late.length)}, the longest since ${toIso(oldest.dueAt)} (pool ${oldest.poolId})`
  return now - oldest.dueAt > stuckAfterMs ? red(text) : yellow(text)
}

async function checkAttention({ store }: Dependencies): Promise<Finding> {
  const { records } = await store.list({ ...anyRecord, state: 'attention', limit: most })
  if (records.length === 0) return green('no pool needs a person')
  const some = records.slice(0, 5).map(({ poolId }) => poolId)
  const more = records.length > some.length ? ' and others' : ''
  return red(`${many(records.length)} in need of a person: ${some.join(', ')}${more}`)
}

function many(number: number): string {
  if (number === 1) return '1 pool'
  return number === most ? `${most} pools or more` : `${number} pools`
}
