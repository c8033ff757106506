import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { openWebhook } from '../runtime/aws-webhook.ts'

const receiveDelivery = openWebhook()

/** Takes Toloka's webhooks over an HTTP API of API Gateway, or by hand: then much may be missing. */
export async function handler(
  event: Partial<APIGatewayProxyEventV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = event.headers ?? {}
  const { status, problem } = await receiveDelivery({
    contentType: headers['content-type'] ?? null,
    signature: headers['toloka-signature'] ?? null,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  })
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(problem === null ? { status: 'ok' } : { problem }),
  }
}
