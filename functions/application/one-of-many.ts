import type { Dependencies } from './dependencies.ts'
import { RecordChanged } from './ports.ts'
import { UnreadableRecordError } from './stored-record.ts'

/**
 * Works on the record of one pool among many, so that this one cannot keep the others from their
 * turn.
 *
 * @returns what the work returns; null if the record cannot be read, or if somebody else wrote it
 *   just now, who then goes on with it
 */
export async function oneOfMany<Result>(
  { journal }: Pick<Dependencies, 'journal'>,
  poolId: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RecordChanged) return null
    if (!(error instanceof UnreadableRecordError)) throw error
    journal.write('RECORD_UNREADABLE', { poolId, problem: error.message })
    return null
  }
}
