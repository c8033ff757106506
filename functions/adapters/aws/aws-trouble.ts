import * as z from 'zod/mini'

/** Why AWS did not do what it was asked, as far as the one who asked can mend it. */
export type AwsTroubleKind =
  | 'no-credentials'
  | 'expired-credentials'
  | 'wrong-credentials'
  | 'no-permission'
  | 'unreachable'
  /** None of these: AWS answered with an error of another name. */
  | 'refused'

export interface AwsTrouble {
  readonly kind: AwsTroubleKind
  /** What AWS or its SDK says, in one line; from outside, so not to be printed as it is. */
  readonly words: string
}

/** Each service has its own name for the same trouble. */
const kindsByName: Readonly<Record<string, AwsTroubleKind>> = {
  CredentialsProviderError: 'no-credentials',
  TokenProviderError: 'no-credentials',
  ExpiredToken: 'expired-credentials',
  ExpiredTokenException: 'expired-credentials',
  RequestExpired: 'expired-credentials',
  IncompleteSignature: 'wrong-credentials',
  InvalidAccessKeyId: 'wrong-credentials',
  InvalidClientTokenId: 'wrong-credentials',
  InvalidSignatureException: 'wrong-credentials',
  MissingAuthenticationToken: 'wrong-credentials',
  MissingAuthenticationTokenException: 'wrong-credentials',
  RequestTimeTooSkewed: 'wrong-credentials',
  SignatureDoesNotMatch: 'wrong-credentials',
  UnrecognizedClientException: 'wrong-credentials',
  AccessDenied: 'no-permission',
  AccessDeniedException: 'no-permission',
  HiddenEnvironmentError: 'no-permission',
  KMSAccessDeniedException: 'no-permission',
}

/** What the SDK adds to every error of a call, and `$fault` if the service answered. */
const failedCall = z.object({
  $metadata: z.object({}),
  $fault: z.optional(z.string()),
  code: z.optional(z.string()),
})

/** Finds the trouble with AWS in an error or in what caused it; null if there is none. */
export function findAwsTrouble(error: unknown): AwsTrouble | null {
  if (!(error instanceof Error)) return null
  const [firstLine = ''] = error.message.split('\n')
  const kind = kindsByName[error.name]
  if (kind) return { kind, words: firstLine }
  const { data: call } = failedCall.safeParse(error)
  if (call === undefined) return findAwsTrouble(error.cause)
  return call.$fault === undefined
    ? { kind: 'unreachable', words: call.code ?? error.name }
    : { kind: 'refused', words: `${error.name}: ${firstLine}` }
}
