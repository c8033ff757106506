import type { Settings } from '../../functions/application/dependencies.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { despites, type Despite } from '../../functions/domain/override.ts'
import type { Random } from './random.ts'

/** What those do who run the archiver, and what befalls their account and their machine. */
export type Intervention =
  | { readonly kind: 'hold'; readonly life: number; readonly forMs: number | null }
  | { readonly kind: 'release'; readonly life: number }
  | { readonly kind: 'archive now'; readonly life: number; readonly despite: Despite | null }
  | { readonly kind: 'pause' | 'resume' }
  | { readonly kind: 'deploy'; readonly change: (settings: Settings) => Settings }
  | { readonly kind: 'token refused' | 'token accepted' }
  | { readonly kind: 'account blocked' | 'account free' }
  | { readonly kind: 'clock jumps'; readonly skewMs: number }

export interface DatedIntervention {
  readonly at: number
  readonly intervention: Intervention
}

const deploys: readonly ((settings: Settings) => Settings)[] = [
  (settings) => withPolicy(settings, { safetyMarginMs: 3 * dayMs }),
  (settings) => withPolicy(settings, { safetyMarginMs: 2 * hourMs }),
  (settings) => withPolicy(settings, { graceMsByCloseReason: { COMPLETED: hourMs, BLOCKED: 0 } }),
  (settings) => withPolicy(settings, { graceMsByCloseReason: { COMPLETED: 0, MANUAL: 0 } }),
  (settings) => withPolicy(settings, { excludedProjects: ['1501'] }),
]

/** Our clock is off by less than an hour, which the margin has to cover where Toloka tells no time. */
const skews = [0, 0, 0, -5, 5, -50, 50].map((minutes) => minutes * minuteMs)

export function drawSkewMs(random: Random): number {
  return random.pick(skews)
}

/** Some of them, between two instants; what stops the archiver ends again before the last one. */
export function drawInterventions(
  random: Random,
  lives: number,
  from: number,
  until: number,
): readonly DatedIntervention[] {
  return Array.from({ length: random.integer(0, 4) }, () =>
    drawOne(random, lives, random.integer(from, until - 3 * dayMs)),
  ).flat()
}

function drawOne(random: Random, lives: number, at: number): readonly DatedIntervention[] {
  const life = random.integer(0, lives - 1)
  const lasts = (longestMs: number): number => at + random.integer(minuteMs, longestMs)
  const between = (first: Intervention, last: Intervention, longestMs: number) => [
    { at, intervention: first },
    { at: lasts(longestMs), intervention: last },
  ]
  switch (
    random.pick([
      'hold',
      'hold',
      'archive now',
      'pause',
      'deploy',
      'observe',
      'limit',
      'token',
      'account',
      'clock',
    ])
  ) {
    case 'hold':
      return random.chance(0.5)
        ? [{ at, intervention: { kind: 'hold', life, forMs: random.integer(minuteMs, 3 * dayMs) } }]
        : between({ kind: 'hold', life, forMs: null }, { kind: 'release', life }, 3 * dayMs)
    case 'archive now': {
      const despite = random.pick([null, ...despites])
      return [{ at, intervention: { kind: 'archive now', life, despite } }]
    }
    case 'pause':
      return between({ kind: 'pause' }, { kind: 'resume' }, 2 * dayMs)
    case 'deploy':
      return [{ at, intervention: { kind: 'deploy', change: random.pick(deploys) } }]
    case 'observe':
      return between(
        { kind: 'deploy', change: (settings) => ({ ...settings, observing: true }) },
        { kind: 'deploy', change: (settings) => ({ ...settings, observing: false }) },
        2 * dayMs,
      )
    case 'limit':
      return between(
        { kind: 'deploy', change: (settings) => ({ ...settings, maxArchivesPerDay: 2 }) },
        { kind: 'deploy', change: (settings) => ({ ...settings, maxArchivesPerDay: 1_000 }) },
        2 * dayMs,
      )
    case 'token':
      return between({ kind: 'token refused' }, { kind: 'token accepted' }, 3 * hourMs)
    case 'account':
      return between({ kind: 'account blocked' }, { kind: 'account free' }, 3 * hourMs)
    case 'clock':
    default:
      return [{ at, intervention: { kind: 'clock jumps', skewMs: drawSkewMs(random) } }]
  }
}

function withPolicy(settings: Settings, change: Partial<Settings['policy']>): Settings {
  return { ...settings, policy: { ...settings.policy, ...change } }
}
