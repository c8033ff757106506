import { parseRecord } from '../../functions/application/stored-record.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { MemoryArchivalStore } from './memory-archival-store.ts'

/**
 * As the one in memory, with each record as it comes back out of the text that is stored; and every
 * second one that the oldest archiver could have written is read as that would have written it.
 */
export class WrittenArchivalStore extends MemoryArchivalStore {
  protected override keep(record: ArchivalRecord): void {
    const { override, ...rest } = record
    const couldBeOld = override === null && record.version % 2 === 0
    const text = JSON.stringify(couldBeOld ? { ...rest, schema: 1 } : record)
    super.keep(parseRecord(record.poolId, text))
  }
}
