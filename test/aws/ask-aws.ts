import type { AwsConnection } from './aws-connection.ts'

/** A request to a service that the product has no client for. */
export interface AwsQuestion {
  /** The service's name in a signature, by which the emulator tells services apart. */
  readonly service: string
  readonly path?: string
  /** For services that take forms. */
  readonly form?: string
  /** For services that take JSON: which operation, and its parameters. */
  readonly target?: string
  readonly json?: object
}

/** Gives the answer's text, XML or JSON as the service likes it. */
export async function askAws(
  { endpoint, region, credentials }: AwsConnection,
  { service, path = '/', form, target, json }: AwsQuestion,
): Promise<string> {
  // The emulator wants to know who asks, and believes it.
  const scope = `${credentials.accessKeyId}/20260101/${region}/${service}/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`
  const body = target === undefined ? form : JSON.stringify(json ?? {})
  const answer = await fetch(endpoint + path, {
    ...(body === undefined ? {} : { method: 'POST', body }),
    headers: {
      Authorization: authorization,
      ...(target === undefined
        ? { 'Content-Type': 'application/x-www-form-urlencoded' }
        : { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': target }),
    },
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text}`)
  return text
}
