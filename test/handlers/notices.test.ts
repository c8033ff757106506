import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startSlack, type SlackServer } from '../support/slack-server.ts'
import { startStack, webhookSecret, type Stack } from './stack.ts'

let slack: SlackServer
let stack: Stack

beforeEach(async () => {
  slack = await startSlack()
  stack = await startStack({ webhook: webhookSecret, slack: slack.address })
})

afterEach(async () => {
  await stack.close()
  await slack.close()
})

const sweepEvent = { Records: [{ messageId: 'message-1', body: '{"version":1,"sweep":true}' }] }
const enough = { remainingMs: 900_000 }

/** Of a pool that Toloka does not know. */
const lookEvent = {
  Records: [
    {
      messageId: 'message-2',
      body: JSON.stringify({ version: 1, poolId: '404', cause: 'hint', dueAt: 0 }),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
}

const mails = () => stack.calls.filter(({ operation }) => operation === 'SNS.Publish')
const events = () => stack.calls.filter(({ operation }) => operation === 'AWSEvents.PutEvents')

describe('The functions', () => {
  test('tell Slack at once of a pool that needs attention, and the bus as well', async () => {
    const { output } = await stack.invoke('wake-up', lookEvent)

    expect(slack.texts).toEqual([
      expect.stringContaining('*toloka-pool-archiver-test*: Toloka pool 404 needs attention'),
    ])
    expect(events()).toHaveLength(1)
    expect(output).not.toContain(slack.secret)
  })

  test('tell the bus once, and show no address, while Slack cannot be told', async () => {
    slack.answer = { status: 404 }
    const look = await stack.invoke('wake-up', lookEvent)
    const sweep = await stack.invoke('sweep', sweepEvent, enough)

    expect(events()).toHaveLength(1)
    expect((await stack.store.get('404'))?.outbox).toMatchObject([{ toldTo: ['events'] }])
    expect(look.output).toContain('ANNOUNCEMENT_FAILED')
    expect(look.output + sweep.output).not.toContain(slack.secret)
  })

  test('send the digest once a day, to Slack and to the topic', async () => {
    await stack.invoke('wake-up', lookEvent)
    await stack.invoke('sweep', sweepEvent, enough)
    await stack.invoke('sweep', sweepEvent, enough)

    expect(slack.texts).toHaveLength(2)
    expect(slack.texts[1]).toContain('*toloka-pool-archiver-test*: 1 needs attention')
    expect(mails().map(({ input }) => input)).toEqual([
      {
        TopicArn: expect.stringMatching(/:people$/),
        Subject: 'toloka-pool-archiver-test: 1 needs attention',
        Message: expect.stringContaining('- 404 (not-found): Toloka does not know this pool'),
      },
    ])
  })

  test('sweep although nobody can be told', async () => {
    await stack.invoke('wake-up', lookEvent)
    slack.answer = { status: 500 }
    stack.refuse = ({ operation }) =>
      operation === 'SNS.Publish' ? { status: 403, body: null } : null
    const { result, exitCode, log, output } = await stack.invoke('sweep', sweepEvent, enough)

    expect({ result, exitCode }).toEqual({ result: null, exitCode: 0 })
    const failed = log.filter(({ code }) => code === 'NOTICE_FAILED')
    expect(failed.map(({ place }) => place)).toEqual(['slack', 'topic'])
    expect(output).not.toContain(slack.secret)
  })
})
