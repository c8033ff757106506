import type { Notifier } from '../../application/ports.ts'
import { toSlackText } from './slack-text.ts'

/** @param sender who tells it; several archivers may post to one channel */
export function createSlackNotifier(
  postMessage: (text: string) => Promise<void>,
  sender: string,
): Notifier {
  return {
    place: 'slack',
    hasAlarms: false,
    notify: ({ subject, text }) => postMessage(toSlackText(sender, subject, text)),
  }
}
