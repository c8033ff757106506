import type { OperatorAnswer } from '../../application/change-by-operator.ts'
import type { Report } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

const refusals: Readonly<Record<Exclude<OperatorAnswer, 'done'>, string>> = {
  'too-late': 'the archive request is on its way, and nothing takes it back. Nothing was changed.',
  'already-archived': 'it is archived, and nothing brings it back. Nothing was changed.',
}

/** What an operator's word about a pool came to. */
export function reportAnswer(
  poolId: string,
  answer: OperatorAnswer,
  { done, data }: { readonly done: string; readonly data: object },
): Report {
  if (answer === 'done') return { data: { poolId, answer, ...data }, text: done }
  return {
    data: { poolId, answer },
    text: `Pool ${poolId}: ${refusals[answer]}`,
    exitCode: exitCodes.failed,
  }
}
