import { defaultPersonality } from '../fake-toloka/personality.ts'
import type { Finding } from './probe.ts'

type Value = string | number | boolean

export interface Conclusions {
  /** The switches of the fake whose position is known now. */
  readonly personality: Readonly<Record<string, Value>>
  /** All others, and why they are not. */
  readonly notObserved: Readonly<Record<string, string>>
}

/** What no run can find out. */
const beyondReach: Readonly<Record<string, string>> = {
  nineDays: 'It takes nine days to see when the nine days are over.',
}

/** Which Toloka that is, as far as the findings tell. */
export function conclude(findings: readonly Finding[]): Conclusions {
  const personality: Record<string, Value> = {}
  const notObserved: Record<string, string> = {}
  for (const name of Object.keys(defaultPersonality)) {
    const values = findings.flatMap(({ seen }) =>
      Object.entries(seen).flatMap(([key, value]) => (key === name ? [value] : [])),
    )
    const [value] = new Set(values)
    if (value === undefined) notObserved[name] = reasonFor(name, findings)
    else if (new Set(values).size > 1) {
      notObserved[name] = `The answers differ: ${values.join(', ')}.`
    } else personality[name] = value
  }
  return { personality, notObserved }
}

function reasonFor(name: string, findings: readonly Finding[]): string {
  const about = findings.find(({ question }) => question.switches.some((one) => one === name))
  return about?.answer ?? beyondReach[name] ?? 'Its probe was not run.'
}
