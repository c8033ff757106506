import { auditRecord, auditUnreadable, type AuditEntry } from './audit-entry.ts'
import type { Dependencies } from './dependencies.ts'
import { UnreadableRecordError } from './stored-record.ts'

const pageSize = 500

/**
 * What became of every pool that the archiver knows, in no order; a page at a time, so that it takes
 * no more memory for a million pools. A record that cannot be read gives an entry that says so.
 *
 * @throws whatever the store throws; what came before is then not all.
 */
export async function* exportAudit({
  store,
}: Pick<Dependencies, 'store'>): AsyncGenerator<AuditEntry, void, undefined> {
  let after: string | null = null
  do {
    const { readings, next } = await store.readAll(after, pageSize)
    for (const reading of readings) {
      yield reading instanceof UnreadableRecordError
        ? auditUnreadable(reading)
        : auditRecord(reading)
    }
    after = next
  } while (after !== null)
}
