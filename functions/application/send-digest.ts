import { composeDigest } from '../domain/digest.ts'
import { dayMs, minuteMs } from '../domain/instant.ts'
import type { Dependencies } from './dependencies.ts'
import { gatherDigest } from './gather-digest.ts'
import type { Notifier } from './ports.ts'
import { tellOnceADay } from './tell-once-a-day.ts'

/** What was written less than this ago may not be seen by everybody yet: it is of the next digest. */
const settledMs = minuteMs

/** Tells one place of the time since it was told last, or of a day if it never was. */
export async function sendDigest(dependencies: Dependencies, notifier: Notifier): Promise<void> {
  await tellOnceADay(dependencies, notifier, 'digest', async (toldUntil) => {
    const until = dependencies.clock.now() - settledMs
    const since = toldUntil ?? until - dayMs
    const notice = composeDigest(await gatherDigest(dependencies, { since, until }))
    return notice && { notice, until }
  })
}
