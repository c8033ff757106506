/**
 * What Toloka's public documents leave open. Each switch is one open question; the fake can answer
 * it either way, and the product has to be right whatever the answer is.
 */
export interface Personality {
  // Archiving

  /** Documented: nine days after the last rejection. Open: refused at once, or accepted and FAIL. */
  readonly earlyArchive: 'refused' | 'accepted-then-fails'
  /** Documented for reviews only. Open: whether ACTIVE or SUBMITTED answers block, and in which form. */
  readonly pendingWork: 'refused' | 'accepted-then-fails' | 'allowed'
  /** Open: whether accepting a rejected answer on appeal ends the nine days at once. */
  readonly appealLiftsBlock: boolean
  /** Open: whether an answer accepted on appeal keeps the `rejected` date it had. */
  readonly appealKeepsRejectedDate: boolean
  /** Exams with automatic acceptance also wait nine days. Open: from the close, or from rejections. */
  readonly examClock: 'close' | 'rejections'
  /**
   * Open: 9 × 24 hours, or nine calendar days. Calendar days end at the midnight (UTC) after the
   * ninth day that follows the day of the rejection, so they are never shorter than 9 × 24 hours.
   */
  readonly nineDays: 'elapsed' | 'calendar'
  /** Open: the answer to a second archive request while the first operation still runs. */
  readonly secondArchive: 'locked' | 'exists' | 'same-operation' | 'new-operation' | 'no-content'
  /** Open: when a pool shows LOCKED. A running operation may be the cause. */
  readonly statusDuringArchive: 'CLOSED' | 'LOCKED'
  /** Both codes exist. Open: which one answers an archive request for an open or locked pool. */
  readonly wrongStatusCode: 'INAPPROPRIATE_STATUS' | 'POOL_INAPPROPRIATE_STATUS'
  /** Open: the shape of `details` of an archive operation that failed. */
  readonly failDetails: 'error' | 'empty' | 'absent'
  /** Seen in fixtures of the official client: RUNNING operations that already carry `finished`. */
  readonly runningCarriesFinished: boolean

  // Errors and limits

  /** Errors have an envelope in JSON; documented for one 409, and open for others: an empty body. */
  readonly refusalBody: 'envelope' | 'empty'
  /** Open: Retry-After on a 429. */
  readonly retryAfter: 'absent' | 'seconds' | 'date'
  /** Only client code tells of `payload.interval` on a 429. */
  readonly quotaInterval: 'in-payload' | 'absent'
  /** Open: what answers for a pool id that does not exist. */
  readonly missingPool: 404 | 403
  /** Open: what answers for a pool of another account. */
  readonly foreignPool: 403 | 404
  /** Neither status is in the published table for a bad token. */
  readonly badToken: 401 | 403

  // Lists and fields

  /** Documented sort key and documented hyphen. Open: whether `-rejected` really sorts. */
  readonly rejectedSort: 'honoured' | 'ignored' | 'ascending'
  /** Pool ids are numbers sent as text. Open: how the server orders and compares them. */
  readonly poolIdOrder: 'numeric' | 'text'
  /** Comma lists of statuses are documented for assignments. Open for pools. */
  readonly poolStatusList: 'refused' | 'accepted'
  /** Contradictory in the documents: the page size when no limit is given. */
  readonly defaultLimit: 50 | 20
  /** Open: `has_more` of a page that is full although nothing follows. */
  readonly hasMore: 'exact' | 'when-page-is-full'
  /** Open: whether a date that is not set is left out or sent as null. */
  readonly unsetDates: 'absent' | 'null'
  /** New pools are born CLOSED. Open: whether a draft already shows a close reason. */
  readonly draftCloseReason: 'absent' | 'MANUAL'
  /** 0 to 6 fractional digits have been seen in dates. */
  readonly dateFractionDigits: 0 | 2 | 3 | 5 | 6
  /** Dates carry no zone; one official example shows a `Z`. */
  readonly dateZone: '' | 'Z'
  /** Open: whether answers carry a Date header. */
  readonly dateHeader: 'present' | 'absent'
  /** How far the Date header is ahead of the clock that Toloka's rules go by. */
  readonly dateHeaderSkewMs: number

  // Webhooks

  /** Open: whether close-for-update sends POOL_CLOSED. */
  readonly closedForUpdateWebhook: 'sent' | 'not-sent'
  /** Documented: `{"events": […]}`; another page shows the bare event as the body. */
  readonly eventBody: 'wrapped' | 'bare'
  /** The same question for the test event. */
  readonly testEvent: 'wrapped' | 'bare'
  /** The documented signature fits the compact body although an indented one is shown beside it. */
  readonly webhookBody: 'compact' | 'indented-signed-compact' | 'indented-signed-as-sent'
  /** The official Java helper loses leading zeros of the signature. Open: whether Toloka does too. */
  readonly signLeadingZeros: 'kept' | 'lost'
  /** The documented header looks like a printed map, so its braces and order may vary. */
  readonly signatureForm: 'braces' | 'no-braces' | 'other-order'
  /** Open: what happens after a delivery that was not answered by 2xx. */
  readonly redelivery: 'never' | 'three-times'
  /** Open: which subscription a PUT updates, the one with that address or any of that event. */
  readonly subscriptionIdentity: 'pool-event-and-address' | 'pool-and-event'
  /** Contradictory: status of an answer to an array of subscriptions. */
  readonly subscriptionArrayStatus: 200 | 201
  /** Contradictory: status of the answer to a test notification. */
  readonly testNotificationStatus: 201 | 200
}

/** What the documents say or suggest most strongly, for every switch. */
export const defaultPersonality: Personality = {
  earlyArchive: 'refused',
  pendingWork: 'refused',
  appealLiftsBlock: true,
  appealKeepsRejectedDate: false,
  examClock: 'close',
  nineDays: 'elapsed',
  secondArchive: 'locked',
  statusDuringArchive: 'CLOSED',
  wrongStatusCode: 'INAPPROPRIATE_STATUS',
  failDetails: 'error',
  runningCarriesFinished: false,
  refusalBody: 'envelope',
  retryAfter: 'absent',
  quotaInterval: 'in-payload',
  missingPool: 404,
  foreignPool: 403,
  badToken: 401,
  rejectedSort: 'honoured',
  poolIdOrder: 'numeric',
  poolStatusList: 'refused',
  defaultLimit: 50,
  hasMore: 'exact',
  unsetDates: 'absent',
  draftCloseReason: 'absent',
  dateFractionDigits: 3,
  dateZone: '',
  dateHeader: 'present',
  dateHeaderSkewMs: 0,
  closedForUpdateWebhook: 'sent',
  eventBody: 'wrapped',
  testEvent: 'wrapped',
  webhookBody: 'compact',
  signLeadingZeros: 'kept',
  signatureForm: 'braces',
  redelivery: 'never',
  subscriptionIdentity: 'pool-event-and-address',
  subscriptionArrayStatus: 201,
  testNotificationStatus: 201,
}

export interface NamedPersonality {
  readonly name: string
  readonly personality: Personality
}

const deviations: readonly (readonly [string, Partial<Personality>])[] = [
  ['early archive accepted, then fails', { earlyArchive: 'accepted-then-fails' }],
  ['archive with pending work accepted, then fails', { pendingWork: 'accepted-then-fails' }],
  ['pending work does not block archiving', { pendingWork: 'allowed' }],
  ['acceptance on appeal does not lift the block', { appealLiftsBlock: false }],
  ['acceptance on appeal keeps the rejected date', { appealKeepsRejectedDate: true }],
  [
    'acceptance on appeal keeps both the block and the date',
    { appealLiftsBlock: false, appealKeepsRejectedDate: true },
  ],
  ['exam days run from the rejections', { examClock: 'rejections' }],
  ['nine calendar days', { nineDays: 'calendar' }],
  ['second archive says that the operation exists', { secondArchive: 'exists' }],
  ['second archive answers with the same operation', { secondArchive: 'same-operation' }],
  ['second archive starts another operation', { secondArchive: 'new-operation' }],
  ['second archive answers 204', { secondArchive: 'no-content' }],
  ['pool is LOCKED while it is being archived', { statusDuringArchive: 'LOCKED' }],
  ['wrong status is POOL_INAPPROPRIATE_STATUS', { wrongStatusCode: 'POOL_INAPPROPRIATE_STATUS' }],
  ['failed operations have empty details', { failDetails: 'empty' }],
  ['failed operations have no details', { failDetails: 'absent' }],
  ['running operations carry finished', { runningCarriesFinished: true }],
  ['refusals have an empty body', { refusalBody: 'empty' }],
  ['Retry-After in seconds', { retryAfter: 'seconds' }],
  ['Retry-After as a date', { retryAfter: 'date' }],
  ['429 without an interval', { quotaInterval: 'absent' }],
  ['missing pool answers 403', { missingPool: 403 }],
  ["another account's pool answers 404", { foreignPool: 404 }],
  ['bad token answers 403', { badToken: 403 }],
  ['sort by -rejected ignored', { rejectedSort: 'ignored' }],
  ['sort by -rejected ascends', { rejectedSort: 'ascending' }],
  ['pool ids ordered as text', { poolIdOrder: 'text' }],
  ['pools take a list of statuses', { poolStatusList: 'accepted' }],
  ['20 items a page without a limit', { defaultLimit: 20 }],
  ['has_more on every full page', { hasMore: 'when-page-is-full' }],
  ['unset dates are null', { unsetDates: 'null' }],
  ['a draft shows a close reason', { draftCloseReason: 'MANUAL' }],
  ['dates without a fraction', { dateFractionDigits: 0 }],
  ['dates with 2 fractional digits', { dateFractionDigits: 2 }],
  ['dates with 5 fractional digits', { dateFractionDigits: 5 }],
  ['dates with 6 fractional digits', { dateFractionDigits: 6 }],
  ['dates with Z', { dateZone: 'Z' }],
  ['no Date header', { dateHeader: 'absent' }],
  ['Date header an hour behind', { dateHeaderSkewMs: -3_600_000 }],
  ['Date header an hour ahead', { dateHeaderSkewMs: 3_600_000 }],
  ['no webhook on close-for-update', { closedForUpdateWebhook: 'not-sent' }],
  ['bare event as body', { eventBody: 'bare' }],
  ['bare test event', { testEvent: 'bare' }],
  ['indented body, compact form signed', { webhookBody: 'indented-signed-compact' }],
  ['indented body, signed as sent', { webhookBody: 'indented-signed-as-sent' }],
  ['signature without its leading zeros', { signLeadingZeros: 'lost' }],
  ['signature header without braces', { signatureForm: 'no-braces' }],
  ['signature header in another order', { signatureForm: 'other-order' }],
  ['failed deliveries are repeated', { redelivery: 'three-times' }],
  ['one subscription for each event of a pool', { subscriptionIdentity: 'pool-and-event' }],
  ['200 for an array of subscriptions', { subscriptionArrayStatus: 200 }],
  ['200 for a test notification', { testNotificationStatus: 200 }],
  [
    'mixed: the most taciturn',
    {
      refusalBody: 'empty',
      dateHeader: 'absent',
      failDetails: 'absent',
      quotaInterval: 'absent',
      dateFractionDigits: 0,
      rejectedSort: 'ignored',
      closedForUpdateWebhook: 'not-sent',
    },
  ],
  [
    'mixed: accepts everything, fails later',
    {
      earlyArchive: 'accepted-then-fails',
      pendingWork: 'accepted-then-fails',
      secondArchive: 'new-operation',
      statusDuringArchive: 'LOCKED',
      runningCarriesFinished: true,
      poolIdOrder: 'text',
      hasMore: 'when-page-is-full',
    },
  ],
  [
    'mixed: the strictest',
    {
      appealLiftsBlock: false,
      nineDays: 'calendar',
      missingPool: 403,
      badToken: 403,
      unsetDates: 'null',
      draftCloseReason: 'MANUAL',
      dateFractionDigits: 6,
      dateZone: 'Z',
      webhookBody: 'indented-signed-compact',
      signLeadingZeros: 'lost',
      signatureForm: 'no-braces',
    },
  ],
]

/** The default, one deviation at a time for each other value of each switch, and a few mixtures. */
export const personalities: readonly NamedPersonality[] = [
  { name: 'default', personality: defaultPersonality },
  ...deviations.map(([name, deviation]) => ({
    name,
    personality: { ...defaultPersonality, ...deviation },
  })),
]
