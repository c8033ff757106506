import { expect, test } from '@jest/globals'
import { check, defaultReportMessage, type IAsyncProperty, type IProperty } from 'fast-check'
import { readFuzzSettings, usualCases } from './fuzz-settings.ts'
import { casesOf, type Target } from './shares.ts'

/** Only against what never ends: no case takes a second. */
const longestCaseMs = 30_000
/** Many times what a case takes on a busy machine. */
const patienceMs = 60_000
const patienceMsPerCase = 50

/**
 * A test that tries a property with this target's share of all cases. If it fails it says how to
 * see the same case again.
 */
export function fuzz<Values>(
  target: Target,
  property: () => IAsyncProperty<Values> | IProperty<Values>,
  /** Did the cases get everywhere? */
  expectVariety = (): void => {},
): void {
  const { cases, seed, path } = readFuzzSettings()
  const runs = casesOf(target, cases)
  test(
    `${target}: ${runs} cases`,
    async () => {
      const replay = path === null ? {} : { path, endOnFailure: true }
      const found = await check(property(), {
        numRuns: path === null ? runs : 1,
        seed,
        timeout: longestCaseMs,
        ...replay,
      })
      if (found.failed) {
        const again = `npm run fuzz -- --only '${target}' --seed ${found.seed} --path ${found.counterexamplePath}`
        throw new Error(`${defaultReportMessage(found)}\n\nSee it again: ${again}`, {
          cause: found.errorInstance,
        })
      }
      if (path !== null) return
      expect(found.numRuns).toBe(runs)
      if (cases >= usualCases) expectVariety()
    },
    patienceMs + runs * patienceMsPerCase,
  )
}
