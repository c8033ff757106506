export type ViolationKind =
  | 'appeal-window'
  | 'exam-window'
  | 'open'
  | 'locked'
  | 'draft'
  | 'for-update'
  | 'training'
  | 'active'
  | 'submitted'
  | 'live-operation'

/** An archive request that should never have been sent. */
export interface Violation {
  /** ms since the epoch */
  readonly at: number
  readonly poolId: string
  readonly kind: ViolationKind
  readonly what: string
}
