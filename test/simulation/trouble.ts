import type { TolokaAnswer } from '../../functions/adapters/toloka/answer.ts'
import { createTolokaClientOver } from '../../functions/adapters/toloka/client.ts'
import { toRefusal, toSilence } from '../../functions/adapters/toloka/refusal.ts'
import type { Send } from '../../functions/adapters/toloka/request.ts'
import type { Toloka } from '../../functions/application/ports.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import type { TolokaAnswer as FakeAnswer, TolokaRequest } from '../fake-toloka/router.ts'
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

/** Toloka without HTTP: our own parsing over the model, and trouble on the way to it. */
export function createTroubledToloka(
  model: TolokaModel,
  random: Random,
  trouble: { readonly likely: () => number; readonly tell: (what: string) => void },
): Toloka {
  const draw = (): Trouble | null =>
    random.chance(trouble.likely()) ? random.pick(troubles) : null
  const send: Send = async ({ method, path, query = {} }) => {
    const call = `${method} /${path}`
    const parameters = Object.entries(query).map(([name, value]) => [name, String(value)] as const)
    const request = {
      method,
      path: `/api/v1/${path}`,
      query: new URLSearchParams(Object.fromEntries(parameters)),
      headers: { authorization: model.authorization },
    }
    const befallen = draw()
    if (befallen !== null) trouble.tell(befallen)
    const answer = toAnswer(call, answerTo(model, request, call, befallen))
    if (befallen === 'answer lost') throw toSilence(call, 'The connection failed: ECONNRESET.')
    if (befallen === 'answer cut') return { ...answer, body: answer.body.slice(0, -2) }
    if (answer.status < 200 || answer.status >= 300) throw toRefusal(answer)
    return answer
  }
  return createTolokaClientOver(send)
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
