/** How many times as much as in `npm test` is played. */
const times = Number(process.env['AGREEMENT_TIMES'] ?? 1)

/** Options of fast-check for so many sequences. */
export function sequences(count: number) {
  return {
    numRuns: count * times,
    // To make a failure shorter must not take longer than the test may: then nobody would see it.
    // A machine that is too slow for all sequences plays fewer.
    interruptAfterTimeLimit: 30_000 * times,
  }
}

/** Jest's limit for a test that plays them. */
export const patienceMs = 60_000 * times
