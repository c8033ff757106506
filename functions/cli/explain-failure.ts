import { WrongAccountError } from '../application/access.ts'
import { UnreadableRecordError } from '../application/stored-record.ts'
import { TolokaError } from '../application/toloka-error.ts'
import { ConfigError } from '../runtime/config-error.ts'
import { DataFileError } from '../runtime/local.ts'
import { NoTokenError } from '../runtime/operator-console.ts'
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
  [DataFileError, failed],
  [UnreadableRecordError, failed],
  [FileError, failed],
] as const

/** One clear sentence; a stack only for what is a defect of ours. */
export function explainFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { text: String(error), exitCode: failed }
  if (error.cause instanceof NoTokenError) return explainFailure(error.cause)
  if (error instanceof TolokaError) {
    return { text: `Toloka did not answer as hoped: ${error.message}`, exitCode: failed }
  }
  const known = expected.find(([kind]) => error instanceof kind)
  if (known) return { text: error.message, exitCode: known[1] }
  return { text: error.stack ?? error.message, exitCode: failed }
}
