import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { awsError } from '../adapters/aws/aws-endpoint.ts'
import { startStack, webhookSecret, type Stack } from './stack.ts'
import { webhookRequest } from './webhook-request.ts'

let stack: Stack

beforeEach(async () => {
  stack = await startStack()
})

afterEach(() => stack.close())

const hint = expect.objectContaining({
  QueueUrl: expect.stringContaining('wake-ups'),
  MessageBody: expect.stringMatching(/^\{"version":1,"poolId":"17","cause":"hint","dueAt":\d+\}$/),
  DelaySeconds: 0,
})

function sent(): readonly unknown[] {
  return stack.calls.flatMap(({ operation, input }) =>
    operation.startsWith('AmazonSQS') ? [input] : [],
  )
}

describe('The function for webhooks', () => {
  test.each([
    ['as text', false],
    ['in base64', true],
  ])(
    'puts a hint into the queue before it says yes, the body coming %s',
    async (_how, isBase64) => {
      const { result } = await stack.invoke(
        'webhook',
        webhookRequest({ isBase64Encoded: isBase64 }),
      )

      expect(sent()).toEqual([hint])
      expect(result).toEqual({
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"status":"ok"}',
      })
    },
  )

  test('asks for one secret, and for one more if that does not fit', async () => {
    const asked = () =>
      stack.calls.filter(({ operation }) => operation.startsWith('secretsmanager')).length
    await stack.invoke('webhook', webhookRequest())
    expect(asked()).toBe(1)
    await stack.invoke('webhook', webhookRequest({ secret: 'another-secret' }))
    expect(asked()).toBe(3)
  })

  test('refuses what another key signed, counts that, and shows no secret', async () => {
    const { result, log, output } = await stack.invoke(
      'webhook',
      webhookRequest({ secret: 'another-secret' }),
    )

    expect(result).toMatchObject({
      statusCode: 401,
      body: '{"problem":"The signature does not fit the body."}',
    })
    expect(sent()).toEqual([])
    expect(log).toContainEqual(expect.objectContaining({ WEBHOOK_UNAUTHORIZED: 1 }))
    expect(output).not.toContain(webhookSecret)
  })

  test.each(['accepts', 'refuses'])('writes down nothing of a request that it %s', async (how) => {
    const request = webhookRequest(how === 'accepts' ? {} : { secret: 'another-secret' })
    const { output } = await stack.invoke('webhook', request)
    const signature = String(request.headers['toloka-signature'])

    expect(output).toContain(how === 'accepts' ? 'WEBHOOK_ACCEPTED' : 'WEBHOOK_UNAUTHORIZED')
    for (const part of [webhookSecret, /sign=(\w+)/.exec(signature)?.[1], 'close_reason']) {
      expect(output).not.toContain(part)
    }
  })

  test.each([
    ['an empty request', { headers: {}, isBase64Encoded: false }],
    ['what is no request, such as a test in the console', {}],
  ])('refuses %s', async (_what, event) => {
    const { result } = await stack.invoke('webhook', event)

    expect(result).toMatchObject({ statusCode: 415 })
  })

  test.each([
    ['the secret cannot be read', 'secretsmanager.GetSecretValue'],
    ['the queue does not take the hint', 'AmazonSQS.SendMessage'],
  ])('tells the sender to try again when %s', async (_why, operation) => {
    stack.refuse = (call) => (call.operation === operation ? awsError('AccessDenied') : null)
    const { result, log } = await stack.invoke('webhook', webhookRequest())

    expect(result).toMatchObject({ statusCode: 503 })
    expect(log.map(({ code }) => code)).toContain('WEBHOOK_FAILED')
  })
})
