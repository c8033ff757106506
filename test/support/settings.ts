import type { Settings } from '../../functions/application/dependencies.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import { defaultPolicy } from './pools.ts'

/** Of an archiver that nobody configured but for its mode: it archives. */
export function defaultSettings(change: Partial<Settings> = {}): Settings {
  return {
    origin: 'https://toloka.dev',
    observing: false,
    policy: defaultPolicy(),
    maxArchivesPerDay: 1_000,
    maxRequestsPerSecond: 20,
    sweepIntervalMs: hourMs,
    ...change,
  }
}
