import { isIPv6 } from 'node:net'

/** Addresses to listen on all interfaces, which nobody can connect to everywhere. */
const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** Where an archiver on this machine listens, as its neighbours reach it; null for any free port. */
export function localAddress({
  host,
  port,
}: {
  readonly host: string
  readonly port: number
}): string | null {
  if (port === 0) return null
  const reached = everywhere[host] ?? host
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`
}
