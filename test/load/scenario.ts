/** Says what was measured, and judges it. */
export interface Report {
  /** A figure for people. */
  readonly figure: (name: string, value: string | number) => void
  /** A promise, and whether it was kept. */
  readonly check: (isKept: boolean, promise: string) => void
}

export interface LoadOptions {
  /** Webhooks; for how long, and about how many pools. */
  readonly perSecond: number
  readonly seconds: number
  readonly pools: number
  /** Pools that close at once. */
  readonly flood: number
  readonly kills: number
  readonly seed: number
}

export interface Scenario {
  readonly title: string
  readonly run: (report: Report, options: LoadOptions) => Promise<void>
}
