import * as z from 'zod/mini'
import type { Settings } from '../application/dependencies.ts'
import type { ConfigProblem } from './config-error.ts'
import type { Environment } from './read-settings.ts'
import { splitList } from './setting-values.ts'
import { settings } from './settings.ts'

/** The settings by which pools are archived, wherever the archiver runs. */
export const archiverSettings = z.pick(settings, {
  TOLOKA_URL: true,
  ARCHIVE_MODE: true,
  CLOSE_REASONS: true,
  SAFETY_MARGIN: true,
  MAX_REQUESTS_PER_SECOND: true,
  PROJECTS: true,
  EXCLUDED_PROJECTS: true,
  KEEP_MARKER: true,
  SWEEP_INTERVAL: true,
  MAX_ARCHIVES_PER_DAY: true,
})

export function toArchiverSettings(values: z.output<typeof archiverSettings>): Settings {
  return {
    origin: values.TOLOKA_URL,
    observing: values.ARCHIVE_MODE === 'observe',
    policy: {
      graceMsByCloseReason: values.CLOSE_REASONS,
      safetyMarginMs: values.SAFETY_MARGIN,
      projects: values.PROJECTS,
      excludedProjects: values.EXCLUDED_PROJECTS ?? [],
      keepMarker: values.KEEP_MARKER,
    },
    maxRequestsPerSecond: values.MAX_REQUESTS_PER_SECOND,
    sweepIntervalMs: values.SWEEP_INTERVAL,
    maxArchivesPerDay: values.MAX_ARCHIVES_PER_DAY,
  }
}

/** A project cannot be in scope and out of it. */
export function findScopeContradictions(given: Environment): readonly ConfigProblem[] {
  const excluded = new Set(splitList(given['EXCLUDED_PROJECTS'] ?? ''))
  const both = splitList(given['PROJECTS'] ?? '').filter((id) => id !== '' && excluded.has(id))
  if (both.length === 0) return []
  const problem = `names ${both.join(', ')}, as PROJECTS does`
  return [{ name: 'EXCLUDED_PROJECTS', given: null, problem, expected: 'each in one of them' }]
}
