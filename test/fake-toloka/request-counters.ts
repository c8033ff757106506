/** How often the fake was asked, and for what. */
export class RequestCounters {
  total = 0
  /** Size of all answers' bodies, in bytes of UTF-8. */
  bytesSent = 0
  /** The most requests that ever came within one second of the fake's clock. */
  peakPerSecond = 0
  /** For instance `GET /pools/{id}`; what fits no route is under `unknown`. */
  readonly byRoute = new Map<string, number>()
  /** By pool id: of the path, of the query for assignments, of the assignment in a path. */
  readonly byPool = new Map<string, number>()
  readonly #recent: number[] = []

  count(at: number, route: string, poolId: string | null): void {
    this.total += 1
    this.byRoute.set(route, (this.byRoute.get(route) ?? 0) + 1)
    if (poolId !== null) this.byPool.set(poolId, (this.byPool.get(poolId) ?? 0) + 1)
    this.#recent.push(at)
    while ((this.#recent[0] ?? at) <= at - 1000) this.#recent.shift()
    this.peakPerSecond = Math.max(this.peakPerSecond, this.#recent.length)
  }

  /** Requests within the last second, the present one included. */
  get inLastSecond(): number {
    return this.#recent.length
  }
}
