/** Whether a message is a wake-up, by nothing of the product. */
export function isWakeUp(body: string): boolean {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return false
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { version, poolId, cause, dueAt } = Object.fromEntries<unknown>(Object.entries(value))
  const isPoolId = typeof poolId === 'string' && /^\d{1,32}$/.test(poolId)
  const isCause = cause === 'timer' || cause === 'hint'
  return version === 1 && isPoolId && isCause && Number.isSafeInteger(dueAt)
}
