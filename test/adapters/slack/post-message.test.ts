import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createPostMessage } from '../../../functions/adapters/slack/post-message.ts'
import { startSlack, type SlackAnswer, type SlackServer } from '../../support/slack-server.ts'
import { unfoldError } from '../../support/unfold-error.ts'

let slack: SlackServer
let clock: { at: number }
let post: (text: string) => Promise<void>

beforeEach(async () => {
  slack = await startSlack()
  clock = { at: Date.UTC(2026, 0, 5, 10) }
  post = createPostMessage({ address: async () => slack.address, clock: { now: () => clock.at } })
})

afterEach(() => slack.close())

const minuteMs = 60_000

async function failureOf(result: Promise<void>): Promise<unknown> {
  return result.then(
    () => null,
    (error: unknown) => error,
  )
}

describe('A message to Slack', () => {
  test('is a text as JSON', async () => {
    await post('Pool 17 is archived.')

    expect(slack.texts).toEqual(['Pool 17 is archived.'])
    expect(slack.contentTypes).toEqual(['application/json'])
  })

  test.each<[string, SlackAnswer, string]>([
    ['is refused', { status: 403 }, 'Slack answered with status 403.'],
    ['goes to an address that is gone', { status: 404 }, 'Slack answered with status 404.'],
    ['meets trouble', { status: 503 }, 'Slack answered with status 503.'],
    ['is sent elsewhere', redirect('https://elsewhere.invalid/'), 'answered with status 302.'],
    ['loses its connection', 'broken connection', 'Slack could not be reached (UND_ERR_SOCKET).'],
  ])('that %s is tried once, and the error shows nothing', async (_, answer, words) => {
    slack.answer = answer
    const error = await failureOf(post('Hello.'))

    expect(String(error)).toContain(words)
    expect(slack.texts).toHaveLength(1)
    expect(JSON.stringify(unfoldError(error))).not.toContain(slack.secret)
  })

  test('does not follow whoever sends it elsewhere', async () => {
    const other = await startSlack()
    slack.answer = redirect(other.address)
    await failureOf(post('Hello.'))

    expect(other.texts).toEqual([])
    await other.close()
  })

  test('to nobody says so without the address', async () => {
    await slack.close()
    const error = await failureOf(post('Hello.'))

    expect(String(error)).toBe(
      'SlackError: Slack could not be reached (ECONNREFUSED). Check SLACK_WEBHOOK_URL.',
    )
    expect(JSON.stringify(unfoldError(error))).not.toContain(slack.secret)
  })

  test.each([
    ['is no address', async () => 'not-an-address-but-a-secret'],
    [
      'cannot be read',
      async () => {
        throw new Error('a-secret')
      },
    ],
  ])('is not sent if the address %s, which is not shown', async (_, address) => {
    const error = await failureOf(
      createPostMessage({ address, clock: { now: () => clock.at } })('Hello.'),
    )

    expect(error).toMatchObject({ name: 'SlackError' })
    expect(JSON.stringify(unfoldError(error))).not.toContain('secret')
  })

  test('is given up when no answer comes', async () => {
    const impatient: typeof fetch = async (input, init) =>
      fetch(input, { ...init, signal: AbortSignal.timeout(1) })
    slack.answer = 'silence'
    const posting = createPostMessage({
      address: async () => slack.address,
      clock: { now: () => clock.at },
      fetch: impatient,
    })

    expect(String(await failureOf(posting('Hello.')))).toContain('did not answer within 5000 ms')
  })
})

describe('After a failure', () => {
  beforeEach(async () => {
    slack.answer = { status: 503 }
    await failureOf(post('One.'))
    slack.answer = { status: 200 }
  })

  test('nothing is sent for a minute, however much there is to say', async () => {
    clock.at += minuteMs - 1
    expect(String(await failureOf(post('Two.')))).toContain('it failed a moment ago')
    expect(slack.texts).toEqual(['One.'])
  })

  test('it goes on after a minute', async () => {
    clock.at += minuteMs
    await post('Two.')
    expect(slack.texts).toEqual(['One.', 'Two.'])
  })
})

test.each([
  ['120', 120_000],
  ['1', minuteMs],
  ['999999', 60 * minuteMs],
  ['soon', minuteMs],
])('A Slack that has had too much is left alone: Retry-After %s', async (retryAfter, restMs) => {
  slack.answer = { status: 429, headers: { 'Retry-After': retryAfter } }
  await failureOf(post('One.'))
  slack.answer = { status: 200 }
  clock.at += restMs - 1
  await failureOf(post('Two.'))
  clock.at += 1
  await post('Three.')

  expect(slack.texts).toEqual(['One.', 'Three.'])
})

test('A message that Slack does not take does not keep others from it', async () => {
  slack.answer = { status: 400 }
  await failureOf(post('One.'))
  slack.answer = { status: 200 }
  await post('Two.')

  expect(slack.texts).toEqual(['One.', 'Two.'])
})

function redirect(location: string): SlackAnswer {
  return { status: 302, headers: { Location: location } }
}
