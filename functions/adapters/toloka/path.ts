import { isPoolId } from '../../domain/pool.ts'

/**
 * A pool id, checked before it goes into a request.
 *
 * @throws TypeError if it is no pool id. That is a defect of the caller rather than a failed
 *   request, so it is no TolokaError: what comes from outside is checked where it comes in.
 */
export function checkPoolId(poolId: string): string {
  if (isPoolId(poolId)) return poolId
  throw new TypeError(`A pool id is digits, not ${JSON.stringify(poolId.slice(0, 40))}.`)
}

/**
 * Any other id as one part of a path.
 *
 * @throws TypeError if it would lead to another path: URLs resolve `.` and `..` even encoded.
 */
export function toPathPart(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw new TypeError(`An id cannot be ${JSON.stringify(id)}.`)
  return encodeURIComponent(id)
}
