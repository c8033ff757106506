import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { archivalStatements } from '../../../functions/adapters/local/archival-store.ts'
import { probes } from '../../../functions/adapters/local/data-file-layout.ts'
import { deadLetterStatements } from '../../../functions/adapters/local/dead-letter-box.ts'
import { listStatements } from '../../../functions/adapters/local/list-records.ts'
import { wakeUpDepth } from '../../../functions/adapters/local/look-after-data-file.ts'
import { wakeUpStatements } from '../../../functions/adapters/local/wake-up-queue.ts'
import { openPair, type Pair } from './open-pair.ts'

const byPoolId = 'SEARCH records USING INDEX sqlite_autoindex_records_1'
const byId = 'SEARCH wake_ups USING INTEGER PRIMARY KEY (rowid=?)'

/** Nothing is sorted, and nothing is gone through but what is wanted, in the order of an index. */
const plans: Readonly<Record<string, readonly string[]>> = {
  [archivalStatements.get]: [`${byPoolId} (pool_id=?)`],
  [archivalStatements.getFingerprints]: [
    `${byPoolId} (pool_id=?)`,
    'LIST SUBQUERY 1',
    'SCAN json_each VIRTUAL TABLE INDEX 1:',
  ],
  [archivalStatements.insert]: [],
  [archivalStatements.update]: [`${byPoolId} (pool_id=?)`],
  [archivalStatements.overdue]: ['SEARCH records USING COVERING INDEX records_by_due (due_at<?)'],
  [archivalStatements.archivedSince]: [
    'SEARCH records USING COVERING INDEX records_archived (updated_at>?)',
  ],
  [archivalStatements.unannounced]: ['SCAN records USING COVERING INDEX records_unannounced'],
  [listStatements.all]: [`${byPoolId} (pool_id>?)`],
  [listStatements.ofState]: ['SEARCH records USING INDEX records_by_state (state=? AND pool_id>?)'],
  [listStatements.ofReason]: [
    'SEARCH records USING INDEX records_by_reason (reason=? AND pool_id>?)',
  ],
  [listStatements.ofProject]: [
    'SEARCH records USING INDEX records_by_project (project_id=? AND pool_id>?)',
  ],
  [listStatements.due]: [
    'SEARCH records USING INDEX records_by_due ((due_at,pool_id)>(?,?) AND due_at<?)',
  ],
  [wakeUpStatements.insert]: [],
  [wakeUpStatements.due]: ['SEARCH wake_ups USING INDEX wake_ups_by_time (take_at<?)'],
  [wakeUpStatements.next]: ['SCAN wake_ups USING INDEX wake_ups_by_time'],
  [wakeUpStatements.last]: ['SEARCH wake_ups'],
  [wakeUpStatements.remove]: [byId],
  [wakeUpStatements.removeAnswered]: [
    'SEARCH wake_ups USING INDEX sqlite_autoindex_wake_ups_1 (pool_id=? AND due_at<?)',
  ],
  [wakeUpStatements.postpone]: [byId],
  [wakeUpStatements.bury]: [byId],
  [deadLetterStatements.list]: ['SCAN dead_letters'],
  // A person has to look at each, so there are few.
  [deadLetterStatements.count]: ['SCAN dead_letters'],
  [wakeUpDepth]: ['SEARCH wake_ups USING COVERING INDEX wake_ups_by_time (take_at<?)'],
  [deadLetterStatements.remove]: ['SEARCH dead_letters USING INTEGER PRIMARY KEY (rowid=?)'],
}

describe('What a query costs does not grow with the table', () => {
  let pair: Pair

  beforeAll(() => {
    pair = openPair()
  })
  afterAll(async () => pair.close())

  const statements = { ...archivalStatements, ...wakeUpStatements, ...listStatements, wakeUpDepth }
  const ofDeadLetters = Object.entries(deadLetterStatements).map(
    ([name, sql]) => [`dead letters: ${name}`, sql] as const,
  )
  test.each([...Object.entries(statements), ...ofDeadLetters])('%s', async (_name, sql) => {
    const plan = pair.own.prepare(`explain query plan ${sql}`)
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => '1')
    const steps = await pair.own.read(() => plan.all(...parameters))

    expect(steps.map(({ detail }) => detail)).toEqual(plans[sql])
  })

  test.each(probes)('%s', async (sql) => {
    const steps = await pair.own.read(() => pair.own.prepare(`explain query plan ${sql}`).all())
    // One step, which ends at the first row: what is sorted is all read before.
    expect(steps).toHaveLength(1)
  })
})
