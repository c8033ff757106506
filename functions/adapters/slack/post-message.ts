import * as z from 'zod/mini'
import { minuteMs, secondMs, type Instant } from '../../domain/instant.ts'
import type { Clock } from '../../application/ports.ts'

/** For one message and its answer. */
const timeoutMs = 5 * secondMs
/** After a failure nothing is tried for so long, whatever there is to say. */
const restMs = minuteMs
const longestRestMs = 60 * minuteMs

/** Statuses that are about this message: another one may pass. */
const aboutMessage: ReadonlySet<number> = new Set([400, 413])

export interface SlackOptions {
  /** The address of an incoming webhook; whoever knows it can post, so it is never shown. */
  readonly address: () => Promise<string>
  readonly clock: Clock
  readonly fetch?: typeof globalThis.fetch
}

/** A message did not get to Slack, as far as we know. Holds nothing of the address or of an answer. */
class SlackError extends Error {
  override readonly name = 'SlackError'
}

/**
 * Makes the function that posts texts to an incoming webhook of Slack, or of what understands the
 * same, such as Mattermost. It never tries twice, follows no redirect, and rests for a minute after
 * a failure, or for as long as it is asked to: many pools may have something to say at once.
 *
 * @returns throws SlackError, and nothing else
 */
export function createPostMessage(options: SlackOptions): (text: string) => Promise<void> {
  const { clock } = options
  let restsUntil: Instant = 0
  return async (text) => {
    if (clock.now() < restsUntil) {
      throw new SlackError('Slack was not asked: it failed a moment ago.')
    }
    const { status, retryAfter } = await send(options, text).catch((error: unknown) => {
      restsUntil = clock.now() + restMs
      throw new SlackError(describe(error))
    })
    if (status >= 200 && status < 300) return
    if (!aboutMessage.has(status)) restsUntil = clock.now() + restFor(retryAfter)
    throw new SlackError(`Slack answered with status ${status}. Check SLACK_WEBHOOK_URL.`)
  }
}

async function send({ address, fetch = globalThis.fetch }: SlackOptions, text: string) {
  const response = await fetch(await addressOf(address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  // Nobody reads what it says: that may quote the address.
  await response.body?.cancel().catch(() => {})
  return { status: response.status, retryAfter: response.headers.get('Retry-After') }
}

async function addressOf(read: SlackOptions['address']): Promise<string> {
  try {
    return await read()
  } catch {
    throw new SlackError('The address of Slack cannot be read, so nothing was sent.')
  }
}

/** Slack asks for seconds. */
function restFor(retryAfter: string | null): number {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0
  return Math.min(Math.max(restMs, seconds * secondMs), longestRestMs)
}

const named = z.object({ name: z.string() })
const withCause = z.object({ cause: z.object({ code: z.string().check(z.regex(/^[A-Z_\d]+$/)) }) })

/** Nothing but the code: the message of an error of fetch may hold the address. */
function describe(error: unknown): string {
  if (error instanceof SlackError) return error.message
  if (named.safeParse(error).data?.name === 'TimeoutError') {
    return `Slack did not answer within ${timeoutMs} ms; it may have taken the message all the same.`
  }
  const code = withCause.safeParse(error).data?.cause.code
  return `Slack could not be reached${code === undefined ? '' : ` (${code})`}. Check SLACK_WEBHOOK_URL.`
}
