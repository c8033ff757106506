import { describeAnswer, isTelling } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Conclusions } from './conclude.ts'
import type { Kind } from './ledger.ts'
import type { Finding } from './probe.ts'
import type { Outcome } from './run-probes.ts'

export interface Heading {
  readonly origin: string
  /** ms since the epoch */
  readonly startedAt: number
}

/** A text from outside as a cell of a table: one line, no markup, no control characters. */
function cell(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll(/[|<>`]/g, String.raw`\$&`)
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain
}

const laterFor: Readonly<Partial<Record<Kind, string>>> = {
  pools: 'archive it in nine days, or leave it to Toloka, which archives idle pools itself',
  projects: 'archive it after its pools',
}

/** The report as a page in Markdown. */
export function reportForPeople(
  { origin, startedAt }: Heading,
  outcome: Outcome,
  { personality, notObserved }: Conclusions,
): string {
  const count = (conclusion: string): number =>
    outcome.findings.filter((one) => one.conclusion === conclusion).length
  return [
    `# What ${origin} answered`,
    '',
    `Asked at ${new Date(startedAt).toISOString()}. Confirmed ${count('confirmed')}, refuted ${count('refuted')}, still open ${count('still open')}. Confirmed and refuted refer to what Toloka’s documents say or suggest.`,
    '',
    '| No. | Question | Answer | Evidence | Conclusion |',
    '| --- | --- | --- | --- | --- |',
    ...outcome.findings.toSorted(byNumber).map(row),
    '',
    ...problems(outcome),
    ...section('What it said in full', inFull(outcome.findings)),
    '## Not observed',
    '',
    ...Object.entries(notObserved).map(([name, why]) => `- \`${name}\`: ${cell(why)}`),
    '',
    "## This is the fake's personality",
    '',
    'Saved as a file, it is what `npm run fake-toloka -- --personality <file>` starts with. What is left out is as the documents say.',
    '',
    '```json',
    JSON.stringify(personality, null, 2),
    '```',
  ].join('\n')
}

/** Each refusal and each end of an operation, once. */
function inFull(findings: readonly Finding[]): readonly string[] {
  const answers = new Set(findings.flatMap(({ evidence }) => evidence).filter(isTelling))
  return [...answers].map(
    (one) => `${cell(describeAnswer(one))}: ${one.text === '' ? 'an empty body' : cell(one.text)}`,
  )
}

function byNumber(one: Finding, other: Finding): number {
  const rank = ({ question }: Finding): number => Number(question.number) || 100
  return rank(one) - rank(other)
}

function row({ question, answer, evidence, conclusion }: Finding): string {
  const seen = evidence.map((one) => cell(describeAnswer(one))).join('<br>')
  const cells = [question.number, cell(question.text), cell(answer), seen, conclusion]
  return `| ${cells.join(' | ')} |`
}

function problems({ leftOver, doubtful, failures, isInterrupted }: Outcome): readonly string[] {
  const left = leftOver.map(({ kind, id, why, isRefused }) => {
    const later = isRefused ? `; ${laterFor[kind] ?? 'try it again later'}` : ''
    return `${kind} ${id}: ${cell(why)}${later}`
  })
  const unsure = doubtful.map((request) => `${cell(request)} had no answer, and may have worked`)
  return [
    ...section('Left over', [...left, ...unsure]),
    ...section('Went wrong', [...failures.map(cell), ...(isInterrupted ? ['Interrupted'] : [])]),
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return [`## ${title}`, '', ...lines.map((line) => `- ${line}`), '']
}

function evidenceForMachines(answer: Answer): object {
  const { method, target, status, headers, code, requestId, text } = answer
  return {
    request: `${method} ${target}`,
    status,
    code,
    requestId,
    date: headers['date'] ?? null,
    retryAfter: headers['retry-after'] ?? null,
    // Bodies of other answers hold nothing to conclude from, but what is nobody else's business.
    body: isTelling(answer) ? text : null,
  }
}

/** The same for machines. */
export function reportForMachines(
  { origin, startedAt }: Heading,
  outcome: Outcome,
  conclusions: Conclusions,
): string {
  const findings = outcome.findings.map(({ question, conclusion, answer, evidence }) => ({
    number: question.number,
    question: question.text,
    why: question.why,
    answer,
    conclusion,
    evidence: evidence.map(evidenceForMachines),
  }))
  const { leftOver, doubtful, failures, isInterrupted } = outcome
  const report = {
    origin,
    startedAt: new Date(startedAt).toISOString(),
    findings,
    leftOver,
    doubtful,
    failures,
    isInterrupted,
    ...conclusions,
  }
  return JSON.stringify(report, null, 2)
}
