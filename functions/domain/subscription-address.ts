/** The parameter of an address that tells with which secret it was put at Toloka. */
const markParameter = 'secret-version'

/** The address of the webhook with a mark, which Toloka keeps and shows along with it. */
export function markAddress(webhookUrl: string, mark: string): string {
  const url = new URL(webhookUrl)
  url.searchParams.set(markParameter, mark)
  return url.href
}

/** Whether an address leads to the webhook, whatever its mark. */
export function leadsTo(webhookUrl: string, address: string): boolean {
  return withoutMark(address) === withoutMark(webhookUrl)
}

/** Whether both are one address, however it is written. */
export function isSameAddress(one: string, other: string): boolean {
  return (URL.parse(one)?.href ?? one) === (URL.parse(other)?.href ?? other)
}

function withoutMark(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  url.searchParams.delete(markParameter) // Writes all others anew, so `%20` and `+` are the same.
  return url.href
}
