/** What became of a test event, as the sender saw it. */
export interface SeenDelivery {
  readonly success: boolean
  /** Toloka's word for what went wrong; null if it has none. */
  readonly errorType: string | null
  /** HTTP status of the receiver's answer; null if there was none. */
  readonly receivedStatus: number | null
}

const byErrorType: ReadonlyMap<string, string> = new Map([
  [
    'CONNECTION_ERROR',
    'Toloka could not connect. Can WEBHOOK_URL be reached from the internet, by https, with a ' +
      'certificate that others trust?',
  ],
  [
    'REQUEST_TIMEOUT',
    'Toloka had no answer in time. Is the archiver running, and does WEBHOOK_URL lead to it?',
  ],
  [
    'TOO_MANY_CONNECTIONS',
    'Toloka has too many connections to that address. Try again in some minutes.',
  ],
  ['INTERNAL_ERROR', 'Toloka failed by itself. Try again later; if that stays, ask its support.'],
])

const byStatus: ReadonlyMap<number, string> = new Map([
  [
    401,
    'the archiver does not accept the signature. Is the secret that it was put with still one of ' +
      'its two, and is its clock right?',
  ],
  [
    404,
    'there is nothing at that address. It has to end in /webhooks/toloka, and the archiver there ' +
      'needs TOLOKA_WEBHOOK_SECRET.',
  ],
  [413, 'something before the archiver takes no request of that size.'],
  [503, 'the archiver could not store it. Its journal says why.'],
])

/** In words: whether webhooks arrive, and what to look at if they do not. */
export function explainDelivery({ success, errorType, receivedStatus }: SeenDelivery): string {
  if (success) return 'Toloka sent a test event, and the webhook took it.'
  if (receivedStatus !== null) {
    const why = byStatus.get(receivedStatus) ?? 'only 2xx counts. What stands before the archiver?'
    return `The webhook answered Toloka by ${receivedStatus}: ${why}`
  }
  const known = byErrorType.get(errorType ?? '')
  return known ?? `Toloka could not deliver it, and says no more than ${errorType ?? 'that'}.`
}
