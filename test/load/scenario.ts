/** Says what was measured, and judges it. */
export interface Report {
  /** A figure for people. */
  readonly figure: (name: string, value: string | number) => void
  /** A promise, and whether it was kept. */
  readonly check: (isKept: boolean, promise: string) => void
}

export interface LoadOptions {
  readonly perSecond: number
  readonly seconds: number
  readonly pools: number
  readonly kills: number
  readonly seed: number
}

export interface Scenario {
  readonly title: string
  readonly run: (report: Report, options: LoadOptions) => Promise<void>
}
