import { sample } from 'fast-check'
import { fingerprint } from '../../functions/domain/fingerprint.ts'
import { roundUpToMinute, toIso } from '../../functions/domain/instant.ts'
import { someTruth } from './arbitrary-facts.ts'
import { askTheRule } from './ask-the-rule.ts'

/** What the rule says of 200 cases that are the same in every run, and how it is shown. */
export function judgeSeededCases(): string[] {
  return sample(someTruth, { seed: 17, numRuns: 200 }).map((truth) => {
    const verdict = askTheRule(truth)
    const dueAt = verdict.action === 'wait' ? toIso(roundUpToMinute(verdict.until)) : null
    return JSON.stringify([verdict, dueAt, fingerprint(truth.pool, truth.policy, null)])
  })
}
