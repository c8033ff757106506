import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'

/** A call as it came over HTTP. */
export interface AwsCall {
  /** Such as `AmazonSQS.SendMessage`, or `POST /schedules/17` where the service speaks REST. */
  readonly operation: string
  readonly input: unknown
}

export interface AwsAnswer {
  readonly status?: number
  readonly body: unknown
}

export interface AwsEndpoint {
  readonly calls: readonly AwsCall[]
  /** For a client of the SDK. */
  readonly options: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
    readonly maxAttempts: number
  }
  readonly close: () => Promise<void>
}

/** A place to which clients of the AWS SDK can send, and that notes what they say. */
export async function startAwsEndpoint(answer: (call: AwsCall) => AwsAnswer): Promise<AwsEndpoint> {
  const calls: AwsCall[] = []
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    calls.push(call)
    const { status = 200, body } = answer(call)
    if (call.operation === 'SNS.Publish') {
      response.writeHead(status, { 'Content-Type': 'text/xml' }).end(toXml(call, status))
      return
    }
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    calls,
    options: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
      maxAttempts: 1,
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function readCall(request: IncomingMessage): Promise<AwsCall> {
  const target = request.headers['x-amz-target']
  const body = await text(request)
  if (request.headers['content-type'] === 'application/x-www-form-urlencoded') {
    const { Action, Version: _, ...fields } = Object.fromEntries(new URLSearchParams(body))
    return { operation: `SNS.${Action}`, input: fields }
  }
  const input: unknown = body === '' ? null : JSON.parse(body)
  return { operation: target?.toString() ?? `${request.method} ${request.url}`, input }
}

/** SNS alone speaks as AWS did long ago. */
function toXml({ operation }: AwsCall, status: number): string {
  const action = operation.replace('SNS.', '')
  return status === 200
    ? `<${action}Response><${action}Result><MessageId>message-1</MessageId></${action}Result></${action}Response>`
    : '<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>No.</Message></Error></ErrorResponse>'
}

const message = z.object({ MessageBody: z.string() })

/** SQS proves with a checksum that it has what was sent, and the SDK checks it. */
export function takeMessage({ input }: AwsCall): AwsAnswer {
  const { MessageBody } = z.parse(message, input)
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex')
  return { body: { MessageId: 'message-1', MD5OfMessageBody } }
}

/** An error as the services put it. */
export function awsError(name: string, status = 400): AwsAnswer {
  return { status, body: { __type: name, message: `This is ${name}.` } }
}
