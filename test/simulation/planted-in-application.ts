import type { PlantedBug } from './planted-bug.ts'

/** In what is asked, written and woken, in which order. */
export const plantedInApplication: readonly PlantedBug[] = [
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
    name: 'Forget who holds a pool',
    file: 'functions/application/evaluate-pool.ts',
    code: 'hold: record.hold,',
    instead: 'hold: null,',
  },
  {
    name: 'Go on although archiving is paused',
    file: 'functions/application/account.ts',
    code: 'if (state.paused) return null',
    instead: 'if (state.paused?.by === "") return null',
  },
  {
    name: 'Archive while observing',
    file: 'functions/application/evaluate-pool.ts',
    code: 'if (settings.observing) return',
    instead: 'if (settings.observing && record.version === 0) return',
  },
  {
    name: 'Count no archive request',
    file: 'functions/application/account.ts',
    code: 'requests: day.requests + 1',
    instead: 'requests: day.requests',
  },
  {
    name: 'Take a refusal for the archive',
    file: 'functions/application/request-archive.ts',
    code: "return { decision: { ...decision, refusedSince, lookAgain: true } }\n    }\n    case 'busy'",
    instead:
      "return { decision: { ...decision, ...{ transition: 'confirm', dueAt: null, attempt: null } } }\n    }\n    case 'busy'",
  },
  {
    name: 'Wait for weeks after trouble',
    file: 'functions/application/after-trouble.ts',
    code: '{ firstMs: minuteMs, maxMs: hourMs }',
    instead: '{ firstMs: 999 * hourMs, maxMs: 999 * hourMs }',
  },
  {
    name: 'Give up on a token that was refused',
    file: 'functions/application/access.ts',
    code: 'const probeIntervalMs = hourMs',
    instead: 'const probeIntervalMs = 9_999 * hourMs',
  },
  {
    name: 'Let a sweep that died sweep for ever',
    file: 'functions/application/sweep.ts',
    code: 'const leaseMs = 15 * minuteMs',
    instead: 'const leaseMs = 999_999 * minuteMs',
  },
  {
    name: 'See no change in what is parked',
    file: 'functions/application/compare-page.ts',
    code: 'if (isAsBefore) continue',
    instead: 'if (isAsBefore || seen) continue',
  },
  {
    name: 'Accept a webhook that could not be stored',
    file: 'functions/application/receive-delivery.ts',
    code: 'return { status: 503, problem:',
    instead: 'return { status: 200, problem:',
  },
  {
    name: 'Take an unanswered question for no rejection',
    file: 'functions/application/read-look.ts',
    code: 'await toloka.findRejection(poolId, since)',
    instead:
      'await toloka.findRejection(poolId, since).catch(() => ({ value: null, serverTime: null }))',
  },
  {
    name: 'Take an unanswered question for no pending work',
    file: 'functions/application/read-look.ts',
    code: 'await toloka.findPendingWork(poolId)',
    instead:
      'await toloka.findPendingWork(poolId).catch(() => ({ value: null, serverTime: null }))',
  },
  {
    name: 'Wait half a millisecond',
    file: 'functions/application/request-archive.ts',
    code: 'Math.ceil(busyForMs / 2)',
    instead: 'busyForMs / 2',
  },
  {
    name: 'Read dates in the time zone of the machine',
    file: 'functions/adapters/toloka/toloka-date.ts',
    code: 'const instant = Date.parse(wholeSeconds)',
    instead: 'const instant = Date.parse(wholeSeconds) + new Date().getTimezoneOffset() * 60_000',
  },
]
