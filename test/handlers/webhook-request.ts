import { closedEvent, signedDelivery } from '../local/box.ts'
import { webhookSecret } from './stack.ts'

interface RequestOptions {
  readonly poolId?: string
  readonly at?: number
  readonly secret?: string
  readonly isBase64Encoded?: boolean
}

/** As API Gateway hands over a request: names of headers in lower case, the query beside them. */
export function webhookRequest({
  poolId = '17',
  at = Date.now(),
  secret = webhookSecret,
  isBase64Encoded = false,
}: RequestOptions = {}) {
  const { body, headers } = signedDelivery({ events: [closedEvent(poolId)] }, at, secret)
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    version: '2.0',
    rawPath: '/webhooks/toloka',
    rawQueryString: 'secret-version=0123456789ab',
    queryStringParameters: { 'secret-version': '0123456789ab' },
    headers: Object.fromEntries(lowerCase),
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
  }
}
