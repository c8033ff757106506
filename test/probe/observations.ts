import { fieldsOf, isOk, textOf } from './answer.ts'
import type { Answer } from './answer.ts'
import { answered, stillOpen, told } from './probe.ts'
import type { Finding, Question, Switch } from './probe.ts'

/** Something that many answers tell by the way. */
interface Observation {
  readonly question: Question
  readonly see: (answers: readonly Answer[], question: Question) => Finding
}

function row(name: Switch, text: string, why: string, see: Observation['see']): Observation {
  return { question: { number: '–', text, why, switches: [name] }, see }
}

/** Everything that probes learn without asking for it. To add one, add a row. */
const observations: readonly Observation[] = [
  row(
    'refusalBody',
    'Do refusals have a body in JSON?',
    'Its code says why.',
    (answers, question) => {
      const refused = answers.filter(({ status }) => status >= 400 && status < 500)
      const full = refused.find(({ code }) => code !== null)
      if (full !== undefined) {
        return answered(question, { refusalBody: 'envelope' }, 'They have.', [full])
      }
      const empty = refused.find(({ text }) => text === '')
      return empty === undefined
        ? stillOpen(question, 'Nothing was refused.')
        : answered(question, { refusalBody: 'empty' }, 'They are empty.', [empty])
    },
  ),
  row(
    'failDetails',
    'Do operations that failed say why?',
    'The record keeps it for people.',
    (answers, question) => {
      const failed = operations(answers).find((one) => textOf(one.json, 'status') === 'FAIL')
      if (failed === undefined) return stillOpen(question, 'No archive operation failed.')
      const { details } = fieldsOf(failed.json)
      const shape = details === undefined || details === null ? 'absent' : emptyOr(details)
      return answered(question, { failDetails: shape }, `Their details: ${shape}.`, [failed])
    },
  ),
  row(
    'runningCarriesFinished',
    'Do operations that run lack the date of their end?',
    'Only the status says whether an operation has ended.',
    (answers, question) => {
      const running = operations(answers).find((one) => textOf(one.json, 'status') === 'RUNNING')
      if (running === undefined) {
        return stillOpen(question, 'No archive operation was seen running.')
      }
      const has = textOf(running.json, 'finished') !== null
      const said = has ? 'They have one.' : 'They have none.'
      return answered(question, { runningCarriesFinished: has }, said, [running])
    },
  ),
  row(
    'dateFractionDigits',
    'Do dates have three fractional digits?',
    'Dates are read in one place, with 0 to 6 digits.',
    (answers, question) => {
      const counts = new Set(dates(answers).map((date) => /\.(\d+)/.exec(date)?.[1]?.length ?? 0))
      const [digits] = counts
      const said = `Seen: ${[...counts].toSorted((a, b) => a - b).join(', ')}.`
      if (digits === undefined) return stillOpen(question, 'No date was seen.')
      if (counts.size > 1) return stillOpen(question, `It varies, the fake’s does not. ${said}`)
      return digits === 0 || digits === 2 || digits === 3 || digits === 5 || digits === 6
        ? answered(question, { dateFractionDigits: digits }, said)
        : told(question, 'refuted', said)
    },
  ),
  row(
    'dateZone',
    'Do dates carry no zone?',
    'Read as local time they would be hours off.',
    (answers, question) => {
      const zones = new Set(dates(answers).map((date) => /[^\d:.T-].*$/.exec(date)?.[0] ?? ''))
      const [zone] = zones
      if (zones.size > 1 || zone === undefined) return stillOpen(question, 'They vary.')
      const said = zone === '' ? 'They carry none.' : `They end in ${zone}.`
      return zone === '' || zone === 'Z'
        ? answered(question, { dateZone: zone }, said)
        : told(question, 'refuted', said)
    },
  ),
  row(
    'dateHeader',
    'Do answers carry a Date header?',
    'The archiver goes by the earlier of its own clock and this one.',
    (answers, question) => {
      const dated = answers.find(({ headers }) => headers['date'] !== undefined)
      if (dated !== undefined) {
        return answered(question, { dateHeader: 'present' }, 'They do.', [dated])
      }
      return answered(question, { dateHeader: 'absent' }, 'They do not.', answers.slice(0, 1))
    },
  ),
  row(
    'dateHeaderSkewMs',
    'Does the Date header go with the dates of pools?',
    'A header that is ahead could make a pool look old enough.',
    (answers, question) => {
      const created = answers.find(({ method, target, status, headers }) => {
        const isCreation = method === 'POST' && target === '/pools' && status === 201
        return isCreation && headers['date'] !== undefined
      })
      if (created === undefined) return stillOpen(question, 'No new pool came with a Date header.')
      const skewMs = skewOf(created)
      if (skewMs === null) return stillOpen(question, 'The date of a new pool is missing.')
      const said = skewMs === 0 ? 'It does.' : `It is ${skewMs / 1000} s ahead.`
      return answered(question, { dateHeaderSkewMs: skewMs }, said, [created])
    },
  ),
]

/** What is less is the way of the answer. */
const negligibleMs = 5000

function skewOf({ headers, json }: Answer): number | null {
  const createdAt = Date.parse(`${(textOf(json, 'created') ?? '').slice(0, 19)}Z`)
  const skewMs = Date.parse(headers['date'] ?? '') - createdAt
  if (Number.isNaN(skewMs)) return null
  return Math.abs(skewMs) <= negligibleMs ? 0 : skewMs
}

function emptyOr(details: unknown): 'empty' | 'error' {
  return JSON.stringify(details) === '{}' ? 'empty' : 'error'
}

function operations(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter((one) => isOk(one) && textOf(one.json, 'type') === 'POOL.ARCHIVE')
}

/** Dates of pools, projects and operations, as texts. */
function dates(answers: readonly Answer[]): readonly string[] {
  return answers
    .filter(isOk)
    .flatMap(({ json }) => [textOf(json, 'created'), textOf(json, 'submitted')])
    .filter((date) => date !== null)
}

export const observedQuestions = observations.map(({ question }) => question)

/** What all answers of a run tell by the way. */
export function observe(answers: readonly Answer[]): readonly Finding[] {
  return observations.map(({ question, see }) => see(answers, question))
}
