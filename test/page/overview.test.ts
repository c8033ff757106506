import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { PageArchiver } from '../../functions/page/page-archiver.ts'
import { fromThisMachine } from '../../functions/page/page-access.ts'
import { createPageApp } from '../../functions/page/page-app.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt, openBox, type Box } from '../local/box.ts'
import { newRecord, type ArchivalRecord } from '../../functions/domain/record.ts'

describe('The overview', () => {
  let box: Box

  beforeEach(async () => {
    box = await openBox({ MAX_ARCHIVES_PER_DAY: '1' })
  })
  afterEach(() => box.close())

  const get = async (path: string, changed: Partial<PageArchiver> = {}): Promise<string> => {
    const app = createPageApp({ ...box.archiver, ...changed }, fromThisMachine)
    const response = await app.fetch(new Request(`http://localhost${path}`))
    return (await response.text()).replaceAll(/\s+/g, ' ')
  }
  const lookAt = async (...poolIds: readonly string[]): Promise<void> => {
    for (const poolId of poolIds) {
      await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: box.clock.at })
    }
    await workOff(box.archiver)
  }

  test('can be narrowed down to one reason, page by page', async () => {
    const drafts = [box.model.createPool(), box.model.createPool()].toSorted()
    const open = box.model.createPool()
    box.model.openPool(open)
    await lookAt(...drafts, open)

    const first = await get('/?reason=never-started&limit=1')
    expect(first).toContain(`href="/pools/${drafts[0]}"`)
    expect(first).toContain('<option value="never-started" selected>')
    expect(first).toContain(`href="/?reason=never-started&amp;limit=1&amp;after=${drafts[0]}"`)
    const second = await get(`/?reason=never-started&limit=1&after=${drafts[0]}`)
    expect(second).toContain(`href="/pools/${drafts[1]}"`)
    expect(second).toContain('href="/?reason=never-started&amp;limit=1">Back to the first')
    expect(await get('/?reason=never-started')).not.toContain(`href="/pools/${open}"`)
    expect(await get('/?reason=pool-open')).toContain(`href="/pools/${open}"`)
    expect(await get('/?reason=quota')).toContain('No pools here yet.')
    expect(await get('/?reason=bad')).toContain('reason is the code of a reason,')
  })

  test('says how many pools need a person', async () => {
    const records = ['17', '18'].map((poolId) => recordOf({ poolId, state: 'attention' }))
    const some = { get: async () => null, list: async () => ({ records, next: null }) }
    const more = { ...some, list: async () => ({ records, next: '18' }) }

    expect(await get('/')).not.toContain('class="count"')
    expect(await get('/', { store: some })).toContain('attention <span class="count">2</span>')
    expect(await get('/', { store: more })).toContain('attention <span class="count">99+</span>')
  })

  test("says that today's limit is reached, until the day is over", async () => {
    await lookAt(...Array.from({ length: 3 }, () => addFinishedPool(box.model)))
    expect(await get('/')).toContain(
      'Today&#39;s limit of 1 archive requests is reached (MAX_ARCHIVES_PER_DAY): put off to the next day so far: 2.',
    )

    box.clock.at += 24 * 3_600_000
    expect(await get('/')).not.toContain('limit of 1')
  })

  test('tells the life of a pool in words as well', async () => {
    const poolId = addFinishedPool(box.model)
    box.model.addAssignment(poolId, { status: 'REJECTED', at: box.clock.at - 60 * 3_600_000 })
    await lookAt(poolId)

    expect(await get('/')).toContain(
      '<title>Closed 2026-01-03 10:00, appeals until 2026-01-11 22:00, ' +
        'planned for 2026-01-11 23:01 (UTC).</title>',
    )
  })
})

function recordOf(change: Partial<ArchivalRecord>): ArchivalRecord {
  return { ...newRecord('17', beginsAt), ...change }
}
