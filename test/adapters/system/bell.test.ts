import { expect, test } from '@jest/globals'
import { createBell } from '../../../functions/adapters/system/bell.ts'
import { dayMs } from '../../../functions/domain/instant.ts'

test('A bell ends the wait for it', async () => {
  const bell = createBell()
  const wait = bell.wait(dayMs)
  bell.ring()

  await expect(wait).resolves.toBeUndefined()
})

test('It is heard as well by who begins to wait after it rang, once however often it did', async () => {
  const bell = createBell()
  bell.ring()
  bell.ring()
  await bell.wait(dayMs)

  let hasHeard = false
  const second = bell.wait(dayMs).then(() => (hasHeard = true))
  await Promise.resolve()
  expect(hasHeard).toBe(false)

  bell.ring()
  await second
  expect(hasHeard).toBe(true)
})

test('A ring that ended a wait does not end the next one', async () => {
  const bell = createBell()
  const first = bell.wait(dayMs)
  bell.ring()
  await first

  const begunAt = performance.now()
  await bell.wait(5)
  // Timers may be a millisecond early.
  expect(performance.now() - begunAt).toBeGreaterThanOrEqual(4)
})

test('Without a ring a wait ends by itself', async () => {
  await expect(createBell().wait(1)).resolves.toBeUndefined()
})
