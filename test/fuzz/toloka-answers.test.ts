import { ok, strictEqual } from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll } from '@jest/globals'
import { asyncProperty, constantFrom, tuple } from 'fast-check'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import {
  someSpoiling,
  spoil,
  toResponse,
  type PlainAnswer,
  type Spoiling,
} from './arbitrary-answers.ts'
import { expectNoCanary } from './canary.ts'
import { fuzz } from './fuzz.ts'
import { createFuzzedClient, createFuzzedClientTo, type Client } from './fuzzed-client.ts'
import { recordAnswers, requests } from './requests-to-toloka.ts'

let recorded: ReadonlyMap<string, readonly PlainAnswer[]>

beforeAll(async () => {
  recorded = await recordAnswers()
})

const none: PlainAnswer = { status: 404, headers: {}, body: '{"code":"NOT_FOUND"}' }
/** Tries of two requests. */
const mostRequests = 8
const outcomes = { fine: 0, refused: 0 }

type Try = (name: string, spoiling: Spoiling) => Promise<void>

/** One of the answers that belong to a request is spoiled, whenever it comes. */
function createScript(name: string, spoiling: Spoiling) {
  const answers = recorded.get(name) ?? []
  let [count, place] = [0, 0]
  let before: string | null = null
  return {
    next(url: string): { readonly answer: PlainAnswer; readonly instead: Spoiling['instead'] } {
      count += 1
      // A retry gets the same answer as before.
      if (before !== null && url !== before) place += 1
      before = url
      const answer = answers[Math.min(place, answers.length - 1)] ?? none
      const isSpoiled = place >= spoiling.where % answers.length
      if (!isSpoiled) return { answer, instead: 'nothing' }
      return { answer: spoil(answer, spoiling), instead: spoiling.instead }
    },
    count: () => count,
  }
}

type Script = ReturnType<typeof createScript>

async function judge(name: string, client: Client, script: Script): Promise<void> {
  const [shape, make] = requests[name] ?? []
  const said = await make?.(client).then(
    (value) => {
      outcomes.fine += 1
      strictEqual(shape?.safeParse(value).error, undefined)
      return value
    },
    (error: unknown) => {
      outcomes.refused += 1
      if (!(error instanceof TolokaError)) throw error
      return error
    },
  )
  ok(script.count() <= mostRequests)
  expectNoCanary(said)
}

const tryRequest: Try = async (name, spoiling) => {
  const script = createScript(name, spoiling)
  const client = createFuzzedClient(async ({ url }) => {
    const { answer, instead } = script.next(url)
    return toResponse(answer, { instead })
  })
  await judge(name, client, script)
}

fuzz(
  'answers to each request to Toloka',
  () =>
    asyncProperty(tuple(constantFrom(...Object.keys(requests)), someSpoiling), (drawn) =>
      tryRequest(...drawn),
    ),
  () => {
    ok(outcomes.fine > 100)
    ok(outcomes.refused > 100)
  },
)

let script: Script | null = null
const server = createServer((request, response) => {
  request.resume()
  const { answer, instead } = script?.next(request.url ?? '') ?? {
    answer: none,
    instead: 'nothing',
  }
  const { status, headers, body } = answer
  if (instead === 'no connection') {
    response.destroy()
    return
  }
  response.sendDate = false
  if (instead === 'nothing') {
    response.writeHead(status, headers).end(body)
    return
  }
  response.writeHead(status, { ...headers, 'Content-Length': body.length + 1 })
  response.write(body, () => response.destroy())
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

/** Statuses that only a server can give, and that fetch shows. */
const someOddStatus = constantFrom(null, null, 200, 206, 600, 700, 999)

fuzz('answers over a socket', () =>
  asyncProperty(
    constantFrom(...Object.keys(requests)),
    someSpoiling,
    someOddStatus,
    async (name, spoiling, oddStatus) => {
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : null
      script = createScript(name, { ...spoiling, status: oddStatus ?? spoiling.status })
      await judge(name, createFuzzedClientTo(`http://127.0.0.1:${port}`), script)
    },
  ),
)
