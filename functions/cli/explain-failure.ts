import { WrongAccountError } from '../application/access.ts'
import { UnreadableRecordError } from '../application/stored-record.ts'
import { TolokaError } from '../application/toloka-error.ts'
import { WebhooksForbiddenError } from '../application/webhooks-forbidden.ts'
import { AddressError } from '../page/http-server.ts'
import { ConfigError } from '../runtime/config-error.ts'
import { DataFileError } from '../runtime/local.ts'
import { NoTokenError } from '../runtime/operator-console.ts'
import { StageError, toStageError, WrongStageError } from '../runtime/stage-error.ts'
import { describeTrouble } from './describe-trouble.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { FileError } from './file-error.ts'

export interface Failure {
  /** What happened and what a person can do; for a defect of ours, where it is. */
  readonly text: string
  readonly exitCode: ExitCode
}

const { failed, usage } = exitCodes

/** What a person can mend, by the kind of the error. */
const expected = [
  [ConfigError, usage],
  [WrongAccountError, usage],
  [NoTokenError, usage],
  [WrongStageError, usage],
  [StageError, failed],
  [DataFileError, failed],
  [AddressError, failed],
  [WebhooksForbiddenError, failed],
  [UnreadableRecordError, failed],
  [FileError, failed],
] as const

/**
 * One clear sentence; a stack only for what is a defect of ours.
 *
 * @param place what the command worked on, if it got as far as that
 */
export function explainFailure(thrown: unknown, place = 'what was asked for'): Failure {
  if (thrown instanceof Error && thrown.cause instanceof NoTokenError) {
    return explainFailure(thrown.cause, place)
  }
  if (thrown instanceof TolokaError) {
    return { text: `Toloka did not answer as hoped: ${describeTrouble(thrown)}`, exitCode: failed }
  }
  const error = toStageError(thrown, place)
  const known = expected.find(([kind]) => error instanceof kind)
  if (known) return { text: error.message, exitCode: known[1] }
  return { text: error.stack ?? error.message, exitCode: failed }
}
