import { required } from './setting.ts'
import { parseSecretArn, parseVisibleText, secretArnExpected } from './setting-values.ts'

/**
 * Where a secret is kept; the secret itself is never part of the settings. Not shown all the same:
 * somebody may have put the secret in its place.
 */
export const secretArn = required(secretArnExpected, parseSecretArn, { secret: true })

/** The name or address of a part of the stack, which the template fills in. */
export function partOfStack(what: string) {
  return required(what, parseVisibleText)
}
