import { hourMs, toIso, type Instant } from '../domain/instant.ts'
import { changeAccount } from './account.ts'
import type { Dependencies } from './dependencies.ts'
import type { AccountState } from './account-state.ts'
import { TolokaError } from './toloka-error.ts'

/** While the token is not accepted, one request an hour asks whether it is again. */
const probeIntervalMs = hourMs

/** The token belongs to another account than the records: going on would mix them up. */
export class WrongAccountError extends Error {
  override readonly name = 'WrongAccountError'

  constructor(bound: string, found: string) {
    super(
      `The records belong to ${bound}, but the configuration points to ${found}. ` +
        'Nothing was done. Use the token and TOLOKA_URL of that account, or another data store.',
    )
  }
}

/**
 * May Toloka be asked? While the token is not accepted the answer is when to come back; once an
 * hour one caller finds out whether it is accepted again.
 *
 * @param state the account as it was read just now
 * @returns null if it may be asked
 * @throws WrongAccountError if the records belong to another account
 * @throws TolokaError if that could not be found out
 */
export async function accessClosedUntil(
  dependencies: Dependencies,
  { owner, denied }: AccountState,
): Promise<Instant | null> {
  const { clock, journal } = dependencies
  if (owner) checkOrigin(owner, dependencies)
  if (owner && !denied) return null
  if (denied) {
    if (clock.now() < denied.nextProbeAt) return denied.nextProbeAt
    const nextProbeAt = clock.now() + probeIntervalMs
    const claimed = await changeAccount(dependencies, (state) =>
      state.denied?.nextProbeAt === denied.nextProbeAt
        ? { denied: { ...denied, nextProbeAt } }
        : null,
    )
    if (!claimed) return nextProbeAt
  }
  const closedUntil = await confirmOwner(dependencies)
  if (closedUntil !== null && denied) {
    journal.write('ACCESS_STILL_DENIED', { deniedSince: toIso(denied.since) })
  }
  return closedUntil
}

/**
 * Asks Toloka whose token it is, and binds the records to that account if they are not bound yet.
 *
 * @returns null if all is well, or when to come back if the token is not accepted
 * @throws WrongAccountError, TolokaError
 */
export async function confirmOwner(dependencies: Dependencies): Promise<Instant | null> {
  const { toloka, settings, journal, account } = dependencies
  let requesterId: string
  try {
    requesterId = (await toloka.readRequester()).id
  } catch (error) {
    if (error instanceof TolokaError && isAboutToken(error)) return denyAccess(dependencies, error)
    throw error
  }
  const here = { origin: settings.origin, requesterId }
  const bound = await changeAccount(dependencies, ({ owner }) => (owner ? null : { owner: here }))
  if (bound) journal.write('ACCOUNT_BOUND', here)
  const { owner, denied } = await account.read()
  if (owner && owner.requesterId !== requesterId) {
    throw wrongAccount(dependencies, describe(owner), describe(here))
  }
  if (denied) {
    await changeAccount(dependencies, () => ({ denied: null }))
    journal.write('ACCESS_RESTORED', { deniedSince: toIso(denied.since) })
  }
  return null
}

/**
 * Asks Toloka whose token it is, and writes nothing down.
 *
 * @returns the id of the requester, whose records these are or may become
 * @throws WrongAccountError, TolokaError
 */
export async function readOwner(dependencies: Dependencies): Promise<string> {
  const { toloka, settings, account } = dependencies
  const { owner } = await account.read()
  if (owner) checkOrigin(owner, dependencies)
  const { id: requesterId } = await toloka.readRequester()
  if (owner && owner.requesterId !== requesterId) {
    const here = { origin: settings.origin, requesterId }
    throw wrongAccount(dependencies, describe(owner), describe(here))
  }
  return requesterId
}

/** Stops all requests but an hourly probe; everything keeps its place. Returns the next probe. */
export async function denyAccess(dependencies: Dependencies, error: TolokaError): Promise<Instant> {
  const { clock, journal } = dependencies
  const now = clock.now()
  const nextProbeAt = now + probeIntervalMs
  let isNews = false
  await changeAccount(dependencies, ({ denied }) => {
    isNews = denied === null
    const since = denied?.since ?? now
    return { denied: { since, nextProbeAt, error: error.toAnsweredError(now) } }
  })
  if (isNews) journal.write('ACCESS_DENIED', { problem: error.message })
  return nextProbeAt
}

/** Where no pool is asked about, a 403 can only mean the token or the whole account. */
export function isAboutToken({ answerClass }: TolokaError): boolean {
  return answerClass === 'operator' || answerClass === 'forbidden'
}

type Owner = NonNullable<AccountState['owner']>

function checkOrigin(owner: Owner, dependencies: Dependencies): void {
  const { origin } = dependencies.settings
  if (owner.origin !== origin) throw wrongAccount(dependencies, describe(owner), origin)
}

function wrongAccount({ journal }: Dependencies, bound: string, found: string): WrongAccountError {
  const error = new WrongAccountError(bound, found)
  journal.write('WRONG_ACCOUNT', { problem: error.message })
  return error
}

function describe({ origin, requesterId }: Owner): string {
  return `requester ${requesterId} at ${origin}`
}
