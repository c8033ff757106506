import type { ArchivalStore, Clock, Journal } from '../application/ports.ts'
import type { Steering } from '../application/steering.ts'

/** What the status page needs of an archiver, wherever that runs. */
export interface PageArchiver extends Steering {
  readonly clock: Clock
  readonly journal: Journal
  readonly store: Pick<ArchivalStore, 'list' | 'get'>
}
