import type { TolokaError } from '../application/toloka-error.ts'
import { NoTokenError } from '../runtime/operator-console.ts'
import { StageError, WrongStageError } from '../runtime/stage-error.ts'

/** Why Toloka did not answer as hoped; if it could not be asked at all, also why that was. */
export function describeTrouble({ message, cause }: TolokaError): string {
  const isForPeople = [NoTokenError, StageError, WrongStageError].some(
    (kind) => cause instanceof kind,
  )
  return isForPeople && cause instanceof Error ? `${message} ${cause.message}` : message
}
