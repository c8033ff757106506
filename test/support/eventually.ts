const defaultPatienceMs = 45_000

/**
 * Asks again and again, until the answer is as wanted.
 * @param patienceMs a test that waits for longer has failed
 */
export async function eventually<Value>(
  ask: () => Value | Promise<Value>,
  isWanted: (value: Value) => boolean,
  { patienceMs = defaultPatienceMs, everyMs = 25 } = {},
): Promise<Value> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const value = await ask()
    if (isWanted(value)) return value
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)}.`)
    await new Promise((resolveSoon) => setTimeout(resolveSoon, everyMs))
  }
}
