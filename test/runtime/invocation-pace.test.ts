import { expect, test } from '@jest/globals'
import { createInvocationPace } from '../../functions/runtime/invocation-pace.ts'

/** A clock that only sleeping moves. */
function virtualTime() {
  let at = 1_000
  return { now: () => at, sleep: async (ms: number) => void (at += ms) }
}

test('Invocations that may run at the same time share the rate, and the sweep is one of them', async () => {
  const time = virtualTime()
  const pace = createInvocationPace(20, 4, time)
  const went: number[] = []
  for (let request = 0; request < 3; request += 1) {
    await pace.take()
    went.push(time.now())
  }

  // Four a second, and a distance before the first: another invocation may have just ended.
  expect(went).toEqual([1_250, 1_500, 1_750])
})
