import { TolokaError } from './toloka-error.ts'

/** Toloka answers requests about subscriptions by 403, while it answers others. */
export class WebhooksForbiddenError extends Error {
  override readonly name = 'WebhooksForbiddenError'

  constructor(refusal: TolokaError) {
    super(
      `Toloka refuses webhook subscriptions (${refusal.message}). ` +
        "Webhooks may have to be enabled for the account: ask Toloka's support. " +
        'Until then the sweep alone finds closed pools.',
      { cause: refusal },
    )
  }
}

/**
 * Asks Toloka something about subscriptions.
 *
 * @throws WebhooksForbiddenError in the place of a TolokaError with 403
 */
export async function askAboutSubscriptions<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    const isForbidden = error instanceof TolokaError && error.answerClass === 'forbidden'
    throw isForbidden ? new WebhooksForbiddenError(error) : error
  }
}
