import { createPostMessage } from '../adapters/slack/post-message.ts'
import { createSlackAnnouncer } from '../adapters/slack/slack-announcer.ts'
import { createSlackNotifier } from '../adapters/slack/slack-notifier.ts'
import type { Announcer, Clock, Notifier } from '../application/ports.ts'
import { Unfit } from './setting.ts'
import { parseSlackAddress } from './setting-values.ts'

export interface Slack {
  readonly announcer: Announcer
  readonly notifier: Notifier
}

/** @param readAddress gives what SLACK_WEBHOOK_URL holds, or names; asked for with each message */
export function openSlack(readAddress: () => Promise<string>, sender: string, clock: Clock): Slack {
  const address = async (): Promise<string> => {
    const parsed = parseSlackAddress(await readAddress())
    if (parsed instanceof Unfit) throw new Error(`It is not ${parsed.expected}.`)
    return parsed
  }
  const postMessage = createPostMessage({ address, clock })
  return {
    announcer: createSlackAnnouncer(postMessage, sender),
    notifier: createSlackNotifier(postMessage, sender),
  }
}
