import { Argument, InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import { escapeInvisible } from '../../domain/visible-text.ts'
import { Unfit } from '../../runtime/setting.ts'
import { parseWebAddress } from '../../runtime/setting-values.ts'
import { defineCommand, type Report } from '../command.ts'
import { readDeliveryFile } from '../delivery-file.ts'
import { exitCodes } from '../exit-code.ts'

/** Sends a saved webhook again. */
export const replay = defineCommand({
  name: 'replay',
  summary: 'send a saved webhook, signed as Toloka signs it',
  description:
    'Sends the file, byte for byte, as a webhook of now, signed with TOLOKA_WEBHOOK_SECRET; to ' +
    'WEBHOOK_URL, or if that is not set to the archiver on this machine. Shows whether webhooks get ' +
    'through, and has the pools in it looked at. A webhook is only a hint, so sending one twice is ' +
    'harmless, however old. Fails if the answer is anything but 2xx.',
  arguments: [new Argument('<file>', 'the body of a webhook, JSON')],
  options: [
    new Option('--to <address>', 'send it there instead').argParser((text: string) => {
      const url = parseWebAddress(text)
      if (url instanceof Unfit) throw new InvalidArgumentError(`Expected ${url.expected}.`)
      return url
    }),
  ],
  examples: [
    ['replay closed.json', 'to where webhooks come in'],
    ['replay closed.json --to http://127.0.0.1:8787/webhooks/toloka', 'past whatever is before it'],
  ],
  input: z.object({ file: z.string(), to: z.optional(z.string()) }),
  run: async ({ console: { webhook } }, { file, to }): Promise<Report> => {
    const body = readDeliveryFile(file)
    if (webhook.sender === null) {
      throw new InvalidArgumentError(
        'TOLOKA_WEBHOOK_SECRET is not set, and a webhook without a signature is refused. ' +
          'Set it as for the archiver, in the environment or in a file named .env.',
      )
    }
    const url = to ?? webhook.url
    if (url === null) {
      throw new InvalidArgumentError('Nobody knows where webhooks come in: give --to <address>.')
    }
    const reply = await webhook.sender.send(url, body)
    const shown = withoutQuery(url)
    if (reply.kind === 'silence') {
      return {
        data: { url: shown, status: null, answer: null, problem: reply.problem },
        text: `Nobody answered at ${shown} (${reply.problem}). Is the archiver running there?`,
        exitCode: exitCodes.failed,
      }
    }
    const { status, body: answer } = reply
    return {
      data: { url: shown, status, answer, problem: null },
      text: `${status} from ${shown}\n${escapeInvisible(answer)}`,
      exitCode: status >= 200 && status < 300 ? exitCodes.done : exitCodes.failed,
    }
  },
})

/** Some guard an address by a word in its query. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
