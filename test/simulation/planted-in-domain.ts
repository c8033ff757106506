import type { PlantedBug } from './planted-bug.ts'

/** In the rule, and in what becomes of a record. */
export const plantedInDomain: readonly PlantedBug[] = [
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
    name: 'Drop the operations after a success',
    file: 'functions/domain/decision.ts',
    code: "    transition: 'confirm',",
    instead: "    transition: 'confirm',\n    operations: [],",
  },
  {
    name: 'Ask for the rejections of eight days',
    file: 'functions/domain/waits.ts',
    code: 'return now - fullWindowMs(policy)',
    instead: 'return now - fullWindowMs(policy) + dayMs',
  },
  {
    name: 'Plan without a time',
    file: 'functions/domain/decision.ts',
    code: 'dueAt: roundUpToMinute(Math.min(wait.dueAt, now + longestWaitMs(policy))),',
    instead: 'dueAt: null,',
  },
  {
    name: 'Archive trainings',
    file: 'functions/domain/eligibility.ts',
    code: 'judge: ({ pool }) => pool.training && keep',
    instead: 'judge: () => false',
  },
  {
    name: 'Grant no grace',
    file: 'functions/domain/eligibility.ts',
    code: 'const grace = graceMs(policy, pool.lastCloseReason) ?? 0',
    instead: 'const grace = 0 * (graceMs(policy, pool.lastCloseReason) ?? 0)',
  },
  {
    name: 'Wait a month for a review',
    file: 'functions/domain/waits.ts',
    code: "return { action: 'wait', until: now + dayMs, backoff: daily, warning }",
    instead: "return { action: 'wait', until: now + 30 * dayMs, backoff: null, warning }",
  },
  {
    name: 'Overlook the mark in the metadata',
    file: 'functions/domain/policy.ts',
    code: "Object.hasOwn(pool.metadata, 'archiver') &&",
    instead: "Object.hasOwn(pool.metadata, 'archivist') &&",
  },
  {
    name: 'Archive projects that are out of scope',
    file: 'functions/domain/policy.ts',
    code: 'if (policy.excludedProjects.includes(pool.projectId)) return false',
    instead: 'if (policy.excludedProjects.includes(pool.id)) return false',
  },
  {
    name: 'End every hold at once',
    file: 'functions/domain/policy.ts',
    code: 'now < hold.until)',
    instead: 'now < hold.since)',
  },
  {
    name: 'Believe a word instead of the pool',
    file: 'functions/domain/decision.ts',
    code: "return { transition: 'plan', reason, dueAt: now + unconfirmed.firstMs, looks: 1, cooldown }",
    instead:
      "return { transition: 'confirm', reason: cooldown.reason, dueAt: null, following: null }",
  },
  {
    name: 'Leave to a person what needs one',
    file: 'functions/domain/decision.ts',
    code: 'export const attentionLookMs = dayMs',
    instead: 'export const attentionLookMs = 365 * dayMs',
  },
  {
    name: 'Leave out the margin',
    file: 'functions/domain/waits.ts',
    code: 'return appealWindowMs + Math.max(0, safetyMarginMs)',
    instead: 'return appealWindowMs + Math.max(0, 0 * safetyMarginMs)',
  },
  {
    name: 'Write down an operation without its id',
    file: 'functions/domain/decision.ts',
    code: 'const followed = { ...operation, knownAt',
    instead: 'const followed = { ...operation, id: operation.type, knownAt',
  },
  {
    name: 'Archive at once what was closed anew since somebody said so',
    file: 'functions/domain/override.ts',
    code: 'lastStartedAt && override.lastStoppedAt === lastStoppedAt',
    instead: 'lastStartedAt || override.lastStoppedAt !== lastStoppedAt',
  },
  {
    name: 'Archive at once, and never mind the nine days',
    file: 'functions/domain/override.ts',
    code: ': [],\n  }',
    instead: ": ['appeal-window', 'unexpected-answer'],\n  }",
  },
]
