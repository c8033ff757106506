/**
 * Everything that the archiver says, each once. Alarms and the runbook key on the codes, so a code
 * is never reused for something else.
 */
export const journal = {
  POOL_DISCOVER: { level: 'info', message: 'Pool found by the sweep' },
  POOL_CHANGED: { level: 'info', message: 'Pool is no longer as it was when it was parked' },
  POOL_WATCH: { level: 'info', message: 'Pool is open, waiting for its next close' },
  POOL_PLAN: { level: 'info', message: 'Not yet, will look again' },
  POOL_HOLD: { level: 'info', message: 'Pool is kept out of the archive' },
  POOL_SUBMIT: { level: 'info', message: 'Requesting the archive' },
  POOL_ACCEPT: { level: 'info', message: 'Toloka works on the archive operation' },
  POOL_FOLLOW: { level: 'info', message: 'Toloka still works on the archive operation' },
  POOL_CONFIRM: { level: 'info', message: 'Pool is archived' },
  POOL_CALL_OPERATOR: { level: 'error', message: 'Pool needs attention' },
  POOL_POSTPONE: { level: 'info', message: 'Could not look, will try again' },
  OPERATION_FAILED: { level: 'warn', message: 'An archive operation failed' },
  POOL_SETTLE: { level: 'info', message: 'An operation of an archived pool became known' },
  POOL_WARNING: { level: 'warn', message: 'Pool has waited for long' },
  RECORD_UNREADABLE: {
    level: 'error',
    message: 'A stored record cannot be read, it was left alone',
  },
  POOL_UNREADABLE: { level: 'error', message: 'Toloka lists a pool that cannot be read' },
  POOL_OVERTAKEN: { level: 'debug', message: 'Somebody else wrote the record, deciding again' },

  ACCESS_DENIED: { level: 'error', message: 'Toloka does not accept the token' },
  ACCESS_STILL_DENIED: { level: 'error', message: 'Toloka still does not accept the token' },
  ACCESS_RESTORED: { level: 'info', message: 'Toloka accepts the token again' },
  WRONG_ACCOUNT: {
    level: 'error',
    message: 'The token belongs to another account, so nothing goes on',
  },
  SECRET_UNREADABLE: { level: 'error', message: 'A secret cannot be read, will try again' },
  ACCOUNT_BOUND: { level: 'info', message: 'Records are bound to this account' },
  DAILY_LIMIT_REACHED: { level: 'warn', message: "Today's limit of archive requests is reached" },
  TOLOKA_TROUBLE: { level: 'warn', message: 'A request to Toloka did not end as hoped' },

  SWEEP_STARTED: { level: 'info', message: 'Sweep started' },
  SWEEP_FINISHED: { level: 'info', message: 'Sweep finished' },
  SWEEP_CONTINUES: { level: 'info', message: 'Sweep is out of time, another run goes on' },
  SWEEP_BUSY: { level: 'info', message: 'Another sweep is under way' },
  SWEEP_STOPPED: { level: 'warn', message: 'Sweep stopped half-way, the next one goes on' },

  WEBHOOK_OFF: { level: 'warn', message: 'No TOLOKA_WEBHOOK_SECRET: the webhook is off' },
  SUBSCRIPTIONS_KEPT: { level: 'info', message: 'Webhook subscriptions looked after' },
  SUBSCRIPTION_REFUSED: {
    level: 'warn',
    message: 'Toloka did not put or remove a webhook subscription, the next sweep tries again',
  },
  SUBSCRIPTIONS_STOPPED: {
    level: 'warn',
    message: 'Could not look after webhook subscriptions, the next sweep tries again',
  },
  SUBSCRIPTIONS_FORBIDDEN: {
    level: 'error',
    message: 'Toloka does not let this account have webhook subscriptions',
  },
  WEBHOOK_ACCEPTED: { level: 'info', message: 'Webhook accepted' },
  WEBHOOK_REFUSED: { level: 'warn', message: 'Webhook refused' },
  WEBHOOK_UNAUTHORIZED: {
    level: 'warn',
    message: 'Webhook refused: not signed by Toloka, or long ago',
  },
  WEBHOOK_FAILED: { level: 'error', message: 'Webhook could not be stored, the sender was told' },

  WORK_FAILED: { level: 'error', message: 'Could not work, will try again' },
  WAKE_UP_NOT_REQUESTED: {
    level: 'error',
    message: 'Could not ask for the next wake-up, the sweep will wake the pool',
  },
  WAKE_UP_UNREADABLE: { level: 'error', message: 'Message is no wake-up, put to the dead letters' },
  WAKE_UP_FAILED: { level: 'error', message: 'Wake-up failed, will be tried again' },
  WAKE_UP_DEAD: { level: 'error', message: 'Wake-up failed too often, put to the dead letters' },
  ANNOUNCEMENT: { level: 'info', message: 'Announcement' },
  ANNOUNCEMENT_FAILED: { level: 'error', message: 'Could not announce, the sweep will try again' },
  NOTICE_SENT: { level: 'info', message: 'People were told' },
  NOTICE_FAILED: {
    level: 'error',
    message: 'Could not tell people, the next sweep will try again',
  },

  REQUEST_ABANDONED: { level: 'debug', message: 'A client went away, or was too slow' },
  REQUEST_FAILED: { level: 'error', message: 'An HTTP request could not be answered' },
  OBSERVING: { level: 'warn', message: 'ARCHIVE_MODE=observe: nothing will be archived' },
  STARTED: { level: 'info', message: 'Archiver started' },
  STOPPING: { level: 'info', message: 'Archiver is stopping' },
  STOPPED: { level: 'info', message: 'Archiver stopped' },
} as const satisfies Record<string, { level: Level; message: string }>

/** The entries that are counted, for alarms and for the dashboard, and under which name. */
export const countedAs: Readonly<Partial<Record<JournalCode, JournalCode>>> = {
  POOL_SUBMIT: 'POOL_SUBMIT',
  POOL_CONFIRM: 'POOL_CONFIRM',
  POOL_CALL_OPERATOR: 'POOL_CALL_OPERATOR',
  OPERATION_FAILED: 'OPERATION_FAILED',
  ACCESS_DENIED: 'ACCESS_DENIED',
  ACCESS_STILL_DENIED: 'ACCESS_DENIED', // So the alarm stays as long as the trouble.
  WRONG_ACCOUNT: 'WRONG_ACCOUNT',
  SECRET_UNREADABLE: 'SECRET_UNREADABLE',
  RECORD_UNREADABLE: 'RECORD_UNREADABLE',
  DAILY_LIMIT_REACHED: 'DAILY_LIMIT_REACHED',
  SWEEP_FINISHED: 'SWEEP_FINISHED',
  WEBHOOK_UNAUTHORIZED: 'WEBHOOK_UNAUTHORIZED',
}

/** Fields of entries that are measured as well, with their units. */
export const measuredFields = {
  repaired: 'Count',
  oldestOverdueSeconds: 'Seconds',
} as const

export type Level = 'debug' | 'info' | 'warn' | 'error'
export type JournalCode = keyof typeof journal
