import { findAwsTrouble, type AwsTroubleKind } from '../adapters/aws/aws-trouble.ts'
import { escapeInvisible } from '../domain/visible-text.ts'

/** A deployed stack cannot be worked on now; the message says what a person can do. */
export class StageError extends Error {
  override readonly name = 'StageError'
}

/** What was asked for cannot be: there is no such stage, or nothing says where it is, or as whom. */
export class WrongStageError extends Error {
  override readonly name = 'WrongStageError'
}

/** Before and after the name of the stage and the words of AWS. */
const sentences: Readonly<Record<AwsTroubleKind, readonly [what: string, todo: string]>> = {
  'no-credentials': [
    'There are no AWS credentials for',
    'Sign in, for example by "aws sso login", or name a profile in AWS_PROFILE.',
  ],
  'expired-credentials': [
    'The AWS credentials are no longer valid for',
    'Sign in again, for example by "aws sso login".',
  ],
  'wrong-credentials': [
    'AWS does not know the credentials that were used for',
    'Check AWS_PROFILE or the keys in the environment, the region, and the clock of this machine.',
  ],
  'no-permission': [
    'The AWS credentials do not allow this for',
    'Check the stage and the region; if they are right, the policy in the output OperatorPolicyArn of the stack is needed.',
  ],
  unreachable: [
    'AWS cannot be reached for',
    'Check the network and the name of the region, then try again.',
  ],
  refused: ['AWS did not do what was asked of it for', 'Trying again is safe.'],
}

/**
 * Says what is the matter if AWS is; every other error stays as it is.
 *
 * @param place such as `stage prod in eu-central-1`
 */
export function toStageError(error: unknown, place: string): Error {
  if (error instanceof StageError || error instanceof WrongStageError) return error
  const trouble = findAwsTrouble(error)
  if (trouble === null) return error instanceof Error ? error : new Error(String(error))
  const [what, todo] = sentences[trouble.kind]
  const kind = trouble.kind === 'no-credentials' ? WrongStageError : StageError
  const words = escapeInvisible(trouble.words).replace(/\.$/, '')
  return new kind(`${what} ${place} (${words}). ${todo}`, { cause: error })
}
