import type { TolokaModel } from '../fake-toloka/model.ts'
import type { PlainAnswer } from './arbitrary-answers.ts'

/** What Toloka answers, without HTTP. */
export async function answerByModel(model: TolokaModel, request: Request): Promise<PlainAnswer> {
  const { pathname: path, searchParams: query } = new URL(request.url)
  const text = await request.text()
  const headers = Object.fromEntries(request.headers)
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  const answer = model.handle({ method: request.method, path, query, headers, body })
  const { test } = answer
  const told = test === undefined ? answer : model.finishTest(answer, test, 200)
  return { status: told.status, headers: told.headers, body: told.body ?? '' }
}
