import { parseRecord } from '../../functions/application/stored-record.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { MemoryArchivalStore } from './memory-archival-store.ts'

/** As the one in memory, with each record as it comes back out of the text that is stored. */
export class WrittenArchivalStore extends MemoryArchivalStore {
  protected override keep(record: ArchivalRecord): void {
    super.keep(parseRecord(record.poolId, JSON.stringify(record)))
  }
}
