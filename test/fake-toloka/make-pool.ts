import type { CloseReason, Pool, PoolSettings, PoolStatus } from './world.ts'

/** What a new pool can be given besides its settings. Instants are ms since the epoch. */
export interface PoolHistory {
  readonly id?: string
  readonly createdAt?: number
  readonly status?: PoolStatus
  readonly lastStartedAt?: number
  readonly lastStoppedAt?: number
  readonly lastCloseReason?: CloseReason
  readonly willExpireAt?: number
  /** Belongs to somebody else: no access. */
  readonly ofAnotherAccount?: boolean
  /** Holds no tasks, so it cannot be opened. */
  readonly isEmpty?: boolean
  /** Quality control accepts or rejects everything by itself, as in an exam. */
  readonly isExam?: boolean
  /** Answers nobody reviewed in time are rejected instead of accepted. */
  readonly rejectsUnreviewed?: boolean
}

const examQualityControl = {
  configs: [
    {
      collector_config: { type: 'GOLDEN_SET', parameters: { history_size: 10 } },
      rules: [
        {
          conditions: [{ key: 'correct_answers_rate', operator: 'LT', value: 60 }],
          action: { type: 'REJECT_ALL_ASSIGNMENTS', parameters: { public_comment: 'Below 60 %' } },
        },
        {
          conditions: [{ key: 'correct_answers_rate', operator: 'GTE', value: 60 }],
          action: { type: 'APPROVE_ALL_ASSIGNMENTS', parameters: {} },
        },
      ],
    },
  ],
}

/** Its instant, ms since the epoch, and its position in the order of everything that happened. */
interface Birth {
  readonly at: number
  readonly tick: number
}

/** A pool that nobody keeps yet. */
export function makePool(
  id: string,
  settings: Partial<PoolSettings>,
  history: PoolHistory,
  born: Birth,
): Pool {
  return {
    id,
    settings: {
      project_id: '1500',
      private_name: `Pool ${id}`,
      type: 'REGULAR',
      auto_accept_solutions: false,
      auto_accept_period_day: 21,
      assignment_max_duration_seconds: 600,
      priority: 50,
      reward_per_assignment: 0.05,
      may_contain_adult_content: false,
      ...(history.isExam === true ? { quality_control: examQualityControl } : {}),
      ...settings,
    },
    createdAt: history.createdAt ?? born.at,
    ofAnotherAccount: history.ofAnotherAccount ?? false,
    isEmpty: history.isEmpty ?? false,
    rejectsUnreviewed: history.rejectsUnreviewed ?? false,
    status: history.status ?? 'CLOSED',
    isLocked: false,
    lastStartedAt: history.lastStartedAt ?? null,
    lastStoppedAt: history.lastStoppedAt ?? null,
    lastCloseReason: history.lastCloseReason ?? null,
    willExpireAt: history.willExpireAt ?? null,
    archivedAt: history.status === 'ARCHIVED' ? born.at : null,
    statusTick: born.tick,
    readTick: 0,
    pendingReadTick: 0,
    rejectionsReadTick: 0,
    readAt: { pool: -Infinity, pending: -Infinity, rejections: -Infinity },
    assignments: [],
    blocks: [],
    nextAssignment: 1,
    operations: [],
    subscriptions: new Set(),
    archiveScripts: [],
    archiveRequests: [],
  }
}
