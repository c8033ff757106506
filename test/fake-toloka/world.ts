import { Agenda } from './agenda.ts'
import type { Personality } from './personality.ts'
import { PoolRegister } from './pool-register.ts'
import type { Json } from './refusal.ts'
import { RequestCounters } from './request-counters.ts'
import type { Violation } from './violation.ts'

export type PoolStatus = 'OPEN' | 'CLOSED' | 'ARCHIVED'

/** Documented reasons; others are possible, so that unknown ones can be arranged. */
export type CloseReason =
  | 'MANUAL'
  | 'EXPIRED'
  | 'COMPLETED'
  | 'NOT_ENOUGH_BALANCE'
  | 'ASSIGNMENTS_LIMIT_EXCEEDED'
  | 'BLOCKED'
  | 'FOR_UPDATE'
  | (string & {})

export type AssignmentStatus =
  'ACTIVE' | 'SUBMITTED' | 'ACCEPTED' | 'REJECTED' | 'SKIPPED' | 'EXPIRED'

/** The fields of a pool that people set, under their names in the API. */
export interface PoolSettings {
  readonly project_id: string
  readonly private_name: string
  readonly private_comment?: string
  readonly metadata?: Readonly<Record<string, readonly string[]>>
  readonly type: string
  readonly training?: boolean
  readonly quality_control?: Json
  readonly auto_accept_solutions: boolean
  readonly auto_accept_period_day: number
  readonly assignment_max_duration_seconds: number
  readonly priority: number
  readonly reward_per_assignment: number
  readonly may_contain_adult_content: boolean
}

/** What an answer looks like inside. Instants are ms since the epoch, null = never. */
export interface Assignment {
  readonly id: string
  readonly poolId: string
  readonly taskSuiteId: string
  readonly userId: string
  status: AssignmentStatus
  readonly createdAt: number
  submittedAt: number | null
  acceptedAt: number | null
  /** The date that Toloka shows. */
  rejectedAt: number | null
  skippedAt: number | null
  expiredAt: number | null
  /** The last rejection as Toloka remembers it, shown or not. */
  lastRejectedAt: number | null
  publicComment: string | undefined
  /** Position of the last change in the order of everything that happened. */
  changedTick: number
}

/** Many accepted answers that differ in nothing but their number: one record for all of them. */
export interface AcceptedBlock {
  readonly first: number
  readonly count: number
  readonly createdAt: number
  readonly acceptedAt: number
}

/** How one archive request of a pool is going to be answered. */
export type ArchiveScript =
  | { readonly kind: 'instant' }
  | { readonly kind: 'slow'; readonly pendingMs?: number; readonly runningMs?: number }
  | { readonly kind: 'fail'; readonly afterMs?: number; readonly details?: Json }
  | { readonly kind: 'stuck'; readonly in?: 'PENDING' | 'RUNNING' }
  | { readonly kind: 'success-but-not-archived'; readonly forMs: number }
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly code: string
      readonly message?: string
      readonly payload?: Json
    }

/** One archive request as it came in, and what it was told. */
export interface ArchiveRequest {
  /** ms since the epoch */
  readonly at: number
  /** HTTP status of the answer; null if a fault answered instead. */
  status: number | null
  code: string | null
  operationId: string | null
}

export interface Pool {
  readonly id: string
  settings: PoolSettings
  readonly createdAt: number
  ofAnotherAccount: boolean
  isEmpty: boolean
  readonly rejectsUnreviewed: boolean
  status: PoolStatus
  isLocked: boolean
  lastStartedAt: number | null
  lastStoppedAt: number | null
  lastCloseReason: CloseReason | null
  willExpireAt: number | null
  archivedAt: number | null
  statusTick: number
  readTick: number
  pendingReadTick: number
  rejectionsReadTick: number
  /** ms since the epoch of the newest read of each kind of fact. */
  readonly readAt: { pool: number; pending: number; rejections: number }
  readonly assignments: Assignment[]
  readonly blocks: AcceptedBlock[]
  nextAssignment: number
  readonly operations: Operation[]
  readonly subscriptions: Set<Subscription>
  readonly archiveScripts: ArchiveScript[]
  readonly archiveRequests: ArchiveRequest[]
}

export interface Operation {
  readonly id: string
  readonly type:
    'POOL.ARCHIVE' | 'POOL.OPEN' | 'POOL.CLOSE' | 'PROJECT.ARCHIVE' | 'TRAINING.ARCHIVE'
  /** What it is about, under its name in the API. */
  readonly parameters: Readonly<Record<string, string>>
  /** Null for an operation that is about no pool. */
  readonly poolId: string | null
  status: 'PENDING' | 'RUNNING' | 'SUCCESS' | 'FAIL'
  readonly submittedAt: number
  startedAt: number | null
  finishedAt: number | null
  readonly runningMs: number
  details: Json
  /** Whether the client could know of it: it asked for it, or was shown it. */
  isKnownToClient: boolean
  /** When it was last shown to have failed. */
  failureShownAt: number | null
}

export interface Project {
  readonly id: string
  readonly createdAt: number
  readonly settings: Readonly<Record<string, unknown>>
  status: 'ACTIVE' | 'ARCHIVED'
}

export interface Subscription {
  readonly id: string
  readonly createdAt: number
  readonly eventType: string
  url: string
  readonly poolId: string
  secret: string | null
}

/** A webhook on its way. The body is already signed. */
export interface Delivery {
  readonly id: number
  readonly poolId: string
  readonly subscriptionId: string
  /** ms since the epoch */
  readonly dueAt: number
  readonly attempt: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type DeliveryScript = 'lost' | 'doubled' | { readonly lateMs: number }

/** A refusal for want of quota that is waiting for matching requests. */
export interface QuotaScript {
  readonly method?: string
  readonly path?: RegExp
  readonly interval?: 'MIN' | 'HOUR' | 'DAY'
  /** How many requests it refuses; without it and without `untilAt`, one. */
  readonly times?: number
  /** It refuses everything before this instant, ms since the epoch. */
  readonly untilAt?: number
}

/** Everything that the fake remembers. One object, so that each file can be a set of functions. */
export class World {
  readonly personality: Personality
  readonly requesterId: string
  readonly requestsPerSecond: number
  /** How long an archive operation runs unless a script says otherwise. */
  readonly archivingMs: number
  token: string
  isBlocked = false
  /** The instant at which things happen now, ms since the epoch. Never goes back. */
  at = Number.NEGATIVE_INFINITY
  /** Numbers everything that happens, because several things can happen at one instant. */
  tick = 0
  readonly agenda = new Agenda()
  readonly projects = new Map<string, Project>()
  readonly pools = new PoolRegister<Pool>()
  readonly assignments = new Map<string, Assignment>()
  readonly operations = new Map<string, Operation>()
  readonly subscriptions = new Map<string, Subscription>()
  readonly outbox: Delivery[] = []
  readonly deliveryScripts: { readonly poolId: string | null; readonly script: DeliveryScript }[] =
    []
  readonly quotaScripts: { readonly script: QuotaScript; left: number }[] = []
  readonly violations: Violation[] = []
  readonly races: Violation[] = []
  readonly requests = new RequestCounters()
  /** When things of a kind were created through the API, ms since the epoch. */
  readonly creations = new Map<string, number[]>()
  lastNumber = 0

  constructor(options: {
    readonly personality: Personality
    readonly requesterId: string
    readonly token: string
    readonly requestsPerSecond: number
    readonly archivingMs: number
  }) {
    this.personality = options.personality
    this.requesterId = options.requesterId
    this.token = options.token
    this.requestsPerSecond = options.requestsPerSecond
    this.archivingMs = options.archivingMs
  }

  /** Lets everything happen that was due at or before `now`, each thing at its own instant. */
  advance(now: number): void {
    for (let due = this.agenda.takeDue(now); due !== null; due = this.agenda.takeDue(now)) {
      this.at = Math.max(this.at, due.at)
      due.run()
    }
    this.at = Math.max(this.at, now)
  }

  nextTick(): number {
    return ++this.tick
  }

  nextNumber(): number {
    return ++this.lastNumber
  }
}
