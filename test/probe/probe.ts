import { defaultPersonality } from '../fake-toloka/personality.ts'
import type { Personality } from '../fake-toloka/personality.ts'
import type { Account } from './account.ts'
import type { Answer } from './answer.ts'
import type { Clock } from './clock.ts'
import type { TolokaClient } from './toloka-client.ts'
import type { Tolokers } from './tolokers.ts'
import type { WebhookReceiver } from './webhook-receiver.ts'

export type Switch = keyof Personality

/** One thing that Toloka's documents leave open. */
export interface Question {
  /** As docs/probe.md numbers it; `–` for what is not in that list. */
  readonly number: string
  readonly text: string
  /** Why the archiver wants to know. */
  readonly why: string
  /** What the answer decides about the fake. */
  readonly switches: readonly Switch[]
}

/** Confirmed and refuted refer to what the documents say or suggest: the fake's own default. */
export type Conclusion = 'confirmed' | 'refuted' | 'still open'

export interface Finding {
  readonly question: Question
  readonly conclusion: Conclusion
  /** In words. */
  readonly answer: string
  readonly evidence: readonly Answer[]
  readonly seen: Partial<Personality>
}

/** What a probe works with. */
export interface Kit {
  readonly client: TolokaClient
  readonly account: Account
  readonly clock: Clock
  /** Null if there is nobody to do the tasks. */
  readonly tolokers: Tolokers | null
  /** Null without an address that Toloka could reach. */
  readonly webhooks: WebhookReceiver | null
  /** A pool of another account, which is only read. */
  readonly foreignPool: string | null
  /** Whether a quota may be used up. */
  readonly burst: boolean
}

/** What not every run has. */
export type Need = 'toloker' | 'webhook' | 'foreign-pool' | 'burst'

/** One experiment. To add one, write a file and name it in the catalogue. */
export interface Probe {
  /** For `--only`. */
  readonly name: string
  readonly questions: readonly Question[]
  /** What it makes, sends and archives, for who wants to know before. */
  readonly does: string
  /** What it cannot do without. */
  readonly needs?: Need
  readonly ask: (kit: Kit) => Promise<readonly Finding[]>
}

type Evidence = readonly Answer[]

function holds(seen: Partial<Personality>): boolean {
  const documented = new Map<string, unknown>(Object.entries(defaultPersonality))
  return Object.entries(seen).every(([name, value]) => documented.get(name) === value)
}

/** The answer decides a switch: confirmed if it is as the documents say. */
export function answered(
  question: Question,
  seen: Partial<Personality>,
  answer: string,
  evidence: Evidence = [],
): Finding {
  return { question, conclusion: holds(seen) ? 'confirmed' : 'refuted', answer, evidence, seen }
}

/** The answer decides no switch of the fake. */
export function told(
  question: Question,
  conclusion: Conclusion,
  answer: string,
  evidence: Evidence = [],
): Finding {
  return { question, conclusion, answer, evidence, seen: {} }
}

/** There is no answer, and this is why. */
export function stillOpen(question: Question, why: string, evidence: Evidence = []): Finding {
  return told(question, 'still open', why, evidence)
}
