import { changeAccount } from './account.ts'
import type { Dependencies } from './dependencies.ts'

/**
 * Stops all archive requests that have not got their permission yet; whatever else there is to do
 * goes on. Done already if somebody else paused before: that stays as it is.
 *
 * @param by who does it, for people
 */
export async function pauseArchiving(dependencies: Dependencies, by: string): Promise<void> {
  const since = dependencies.clock.now()
  await changeAccount(dependencies, ({ paused }) => (paused ? null : { paused: { by, since } }))
}

/** Lets archive requests go on. The next sweep wakes the pools that waited. */
export async function resumeArchiving(dependencies: Dependencies): Promise<void> {
  await changeAccount(dependencies, ({ paused }) => (paused ? { paused: null } : null))
}
