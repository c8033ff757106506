import type { Instant } from '../domain/instant.ts'
import type { Dependencies } from './dependencies.ts'
import type { Notifier } from './ports.ts'
import { sendDigest } from './send-digest.ts'
import { sweep, type SweepResult } from './sweep.ts'
import { tellDailyLimit } from './tell-daily-limit.ts'

/**
 * Sweeps and, if all pools were seen, tells people what there is to tell, each place for itself.
 *
 * @throws what `sweep` throws
 */
export async function sweepAndTell(
  dependencies: Dependencies,
  notifiers: readonly Notifier[],
  owner: string,
  until: Instant = Infinity,
): Promise<SweepResult> {
  const result = await sweep(dependencies, owner, until)
  if (result.outcome !== 'finished') return result
  for (const notifier of notifiers) {
    await tellDailyLimit(dependencies, notifier)
    await sendDigest(dependencies, notifier)
  }
  return result
}
