import { isLimitReached } from './account.ts'
import type { Dependencies } from './dependencies.ts'
import type { Notifier } from './ports.ts'
import { tellOnceADay } from './tell-once-a-day.ts'

/** Tells one place, if no alarm does, that pools have to wait for another day. */
export async function tellDailyLimit(
  dependencies: Dependencies,
  notifier: Notifier,
): Promise<void> {
  const { account, clock, settings } = dependencies
  if (notifier.hasAlarms || settings.observing) return
  const state = await account.read()
  const { deferred } = state.day
  if (deferred === 0 || !isLimitReached(state, dependencies)) return
  await tellOnceADay(dependencies, notifier, 'daily-limit', async () => ({
    notice: {
      subject: `Today's limit of ${settings.maxArchivesPerDay} archive requests is reached`,
      text:
        `Pools that wait for another day: ${deferred} so far. They are archived in their order. ` +
        'If there should be so many, raise MAX_ARCHIVES_PER_DAY.',
    },
    until: clock.now(),
  }))
}
