import { toIso } from '../../domain/instant.ts'
import { toOneLine } from '../../domain/visible-text.ts'
import { reasons } from '../../domain/reasons.ts'
import type { Announcer } from '../../application/ports.ts'
import { toSlackText } from './slack-text.ts'

/**
 * Tells people of pools that need one of them. Of everything else the digest tells.
 *
 * @param sender who tells it; several archivers may post to one channel
 */
export function createSlackAnnouncer(
  postMessage: (text: string) => Promise<void>,
  sender: string,
): Announcer {
  return {
    announce: async ({ kind, poolId, reason, detail, at }) => {
      if (kind !== 'PoolNeedsAttention') return
      const headline = `Toloka pool ${poolId} needs attention (${reason})`
      const said = [reasons[reason], detail, `Noticed at ${toIso(at)}.`]
      const text = toOneLine(said.filter((part) => part !== null).join(' '))
      await postMessage(toSlackText(sender, headline, text))
    },
  }
}
