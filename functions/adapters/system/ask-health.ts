import { secondMs } from '../../domain/instant.ts'
import { shorten } from '../../domain/shorten.ts'

const timeoutMs = 5 * secondMs

/**
 * Asks the archiver at an address how it is.
 *
 * @param address such as `http://127.0.0.1:8787`
 * @returns null if it is well, or what is wrong
 */
export async function askHealth(address: string): Promise<string | null> {
  try {
    const response = await fetch(`${address}/healthz`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body = await response.text()
    if (response.ok && body.replaceAll(/\s/g, '') === '{"status":"ok"}') return null
    return `answers with ${response.status}: ${shorten(body)}`
  } catch {
    return 'does not answer'
  }
}
