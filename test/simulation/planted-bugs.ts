/** A small mistake that somebody could make. */
export interface PlantedBug {
  readonly name: string
  readonly file: string
  /** Stands once in the file. */
  readonly code: string
  readonly instead: string
}

/** Each has to be found by the simulation. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'Eight days instead of nine',
    file: 'functions/domain/waits.ts',
    code: 'appealWindowMs = 9 * dayMs',
    instead: 'appealWindowMs = 8 * dayMs',
  },
  {
    name: 'Forget the exam window',
    file: 'functions/domain/eligibility.ts',
    code: 'pool.decidesAutomatically && waitFromClose',
    instead: '!pool && waitFromClose',
  },
  {
    name: 'Take no pending work for granted',
    file: 'functions/application/read-look.ts',
    code: 'return { value: { pendingWork: value }, serverTime }',
    instead: 'return { value: { pendingWork: value && null }, serverTime }',
  },
  {
    name: 'Take no rejection for granted',
    file: 'functions/application/read-look.ts',
    code: 'rejections: { since, found: value }',
    instead: 'rejections: { since, found: value && null }',
  },
  {
    name: 'Archive what is marked to be kept',
    file: 'functions/domain/policy.ts',
    code: 'if (pool.privateComment?.includes(policy.keepMarker)) return true',
    instead: 'if (pool.privateComment?.includes("[KEEP!]")) return true',
  },
  {
    name: 'Archive whatever the close reason',
    file: 'functions/domain/policy.ts',
    code: '!Object.hasOwn(policy.graceMsByCloseReason, closeReason)) return null',
    instead: '!Object.hasOwn(policy.graceMsByCloseReason, closeReason)) return 0',
  },
  {
    name: 'Ask again although an operation is known to live',
    file: 'functions/application/recover-attempt.ts',
    code: 'if (operation) return',
    instead: 'if (operation?.id === "") return',
  },
  {
    name: 'Believe an operation instead of the pool',
    file: 'functions/application/follow-operation.ts',
    code: 'if (await isArchived(dependencies, record)) return confirmation(record, { operations })\n  const next',
    instead: 'if (record) return confirmation(record, { operations })\n  const next',
  },
  {
    name: 'Drop the operations after a success',
    file: 'functions/domain/decision.ts',
    code: "    transition: 'confirm',",
    instead: "    transition: 'confirm',\n    operations: [],",
  },
  {
    name: 'Write over what somebody else wrote',
    file: 'functions/application/perform.ts',
    code: 'await store.put(next, record.version)\n',
    instead: 'await store.put(next, (await store.get(next.poolId))?.version ?? 0)\n',
  },
  {
    name: 'Never wake what is overdue',
    file: 'functions/application/wake-overdue.ts',
    code: 'const overdue = await store.overdue(now, limit)',
    instead: 'const overdue = await store.overdue(0, limit)',
  },
  {
    name: 'Discover no pools',
    file: 'functions/application/compare-page.ts',
    code: 'if (seen === undefined) {',
    instead: "if (seen === undefined) continue\n    if (seen === '') {",
  },
  {
    name: 'Skip the second page of pools, and the first',
    file: 'functions/application/sweep.ts',
    code: 'await comparePage(dependencies, page, { observing, paused })',
    instead: 'await comparePage(dependencies, { ...page, pools: [] }, { observing, paused })',
  },
  {
    name: 'Put the error into the history together with the token',
    file: 'functions/application/after-trouble.ts',
    code: 'detail: error?.summary ?? null,',
    instead: 'detail: `${error?.summary} FakeTolokaApiKey-000001.not.a-secret`,',
  },
  {
    name: 'Go by the later of two clocks, and half an hour more',
    file: 'functions/application/read-look.ts',
    code: 'Math.min(now, serverTime)',
    instead: 'Math.max(now, serverTime + 1_800_000)',
  },
  {
    name: 'Ask for the rejections of eight days',
    file: 'functions/domain/waits.ts',
    code: 'return now - fullWindowMs(policy)',
    instead: 'return now - fullWindowMs(policy) + dayMs',
  },
  {
    name: 'Let nobody wait for who has just asked',
    file: 'functions/application/evaluate-pool.ts',
    code: 'const leaseMs = 5 * minuteMs',
    instead: 'const leaseMs = 0 * minuteMs',
  },
  {
    name: 'Look for no operation after a lost answer',
    file: 'functions/application/recover-attempt.ts',
    code: 'const since = attempt.startedAt - clockToleranceMs',
    instead: 'const since = attempt.startedAt + clockToleranceMs',
  },
  {
    name: 'Take a lost answer for a refusal',
    file: 'functions/application/request-archive.ts',
    code: 'return { decision: unknown(attempt, error, now) }',
    instead: "return { decision: notNow(error, now, { until: now, reason: 'refused' }) }",
  },
  {
    name: 'Plan without a time',
    file: 'functions/domain/decision.ts',
    code: 'dueAt: roundUpToMinute(wait.dueAt),',
    instead: 'dueAt: null,',
  },
]
