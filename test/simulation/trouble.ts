import type { TolokaAnswer } from '../../functions/adapters/toloka/answer.ts'
import { createTolokaClientOver } from '../../functions/adapters/toloka/client.ts'
import { toRefusal, toSilence } from '../../functions/adapters/toloka/refusal.ts'
import type { TolokaRequest as AskedFor } from '../../functions/adapters/toloka/request.ts'
import type { Toloka } from '../../functions/application/ports.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import type { TolokaAnswer as FakeAnswer, TolokaRequest } from '../fake-toloka/router.ts'
import { readModel } from '../twins/model-toloka.ts'
import type { Random } from './random.ts'

/** What can befall a request, and whether it takes effect all the same. */
const troubles = [
  'lost on the way',
  'answer lost',
  'server error',
  'proxy page',
  'answer cut',
  'quota MIN',
  'quota HOUR',
  'quota DAY',
  'token refused',
] as const

type Trouble = (typeof troubles)[number]

interface Troubles {
  /** How likely something befalls the next request. */
  readonly likely: () => number
  /** Hears of it. */
  readonly befalls: (trouble: string) => void
  /** Hears of an archive request that comes to Toloka. */
  readonly isRequested: (poolId: string) => void
}

/** Toloka without HTTP and without trouble: our own parsing over the model. */
export function tolokaByText(model: TolokaModel): Toloka {
  const { authorization } = model
  return createTolokaClientOver(async (asked) => {
    const call = `${asked.method} /${asked.path}`
    const answer = toAnswer(call, model.handle(toRequest(asked, authorization)))
    if (answer.status < 200 || answer.status >= 300) throw toRefusal(answer)
    return answer
  })
}

/** Toloka without HTTP: our own parsing over the model, and trouble on the way to it. */
export function createTroubledToloka(
  model: TolokaModel,
  random: Random,
  trouble: Troubles,
): Toloka {
  const { authorization } = model
  const draw = (): Trouble | null =>
    random.chance(trouble.likely()) ? random.pick(troubles) : null
  /** Drawn already for the next request. */
  let ahead: Trouble | null | undefined
  const send = async (asked: AskedFor, aboutPool?: string): Promise<TolokaAnswer> => {
    const call = `${asked.method} /${asked.path}`
    const request = { ...toRequest(asked, authorization), ...(aboutPool && { aboutPool }) }
    const befallen = ahead === undefined ? draw() : ahead
    ahead = undefined
    if (befallen !== null) trouble.befalls(befallen)
    if (asked.method === 'POST' && befallen !== 'lost on the way') {
      trouble.isRequested(asked.path.split('/')[1] ?? '')
    }
    const answer = toAnswer(call, answerTo(model, request, call, befallen))
    if (befallen === 'answer lost') throw toSilence(call, 'The connection failed: ECONNRESET.')
    if (befallen === 'answer cut') return { ...answer, body: answer.body.slice(0, -2) }
    if (answer.status < 200 || answer.status >= 300) throw toRefusal(answer)
    return answer
  }
  const byText = createTolokaClientOver((asked) => send(asked))
  // In some worlds every answer is read as a text.
  const direct = random.chance(0.05) ? byText : readModel(model, byText)
  /** Reads that nothing befalls need no text. */
  const way = (): Pick<Toloka, keyof typeof direct> => {
    ahead = draw()
    if (ahead !== null || model.authorization !== authorization) return byText
    ahead = undefined
    return direct
  }
  return {
    ...byText,
    readPool: async (poolId) => way().readPool(poolId),
    listPools: async (status, after) => way().listPools(status, after),
    findPendingWork: async (poolId) => way().findPendingWork(poolId),
    findRejection: async (poolId, since) => way().findRejection(poolId, since),
    findArchiveOperations: async (poolId, since) => {
      const client = createTolokaClientOver((asked) => send(asked, poolId))
      return client.findArchiveOperations(poolId, since)
    },
  }
}

function toRequest(
  { method, path, query = {}, json }: AskedFor,
  authorization: string,
): TolokaRequest {
  const parameters = Object.entries(query).map(([name, value]) => [name, String(value)] as const)
  return {
    method,
    path: `/api/v1/${path}`,
    query: new URLSearchParams(Object.fromEntries(parameters)),
    headers: { authorization, 'content-type': 'application/json' },
    body: json,
  }
}

function answerTo(
  model: TolokaModel,
  request: TolokaRequest,
  call: string,
  trouble: Trouble | null,
): FakeAnswer {
  switch (trouble) {
    case 'lost on the way':
      throw toSilence(call, 'The connection failed: ECONNREFUSED.')
    case 'server error':
      model.witness(request)
      return model.refusal(503, 'REMOTE_SERVICE_UNAVAILABLE')
    case 'proxy page':
      model.witness(request)
      return { ...model.refusal(502, 'INTERNAL_ERROR'), body: '<html>Bad Gateway</html>' }
    case 'quota MIN':
    case 'quota HOUR':
    case 'quota DAY':
      model.witness(request)
      return model.refusal(429, 'TOO_MANY_REQUESTS', { interval: trouble.slice('quota '.length) })
    case 'token refused':
      model.witness(request)
      return model.refusal(401, 'AUTHENTICATION_ERROR')
    case 'answer lost':
    case 'answer cut':
    case null:
      return model.handle(request)
  }
}

function toAnswer(call: string, { status, headers, body = '' }: FakeAnswer): TolokaAnswer {
  return { call, status, headers: new Headers(headers), body }
}
