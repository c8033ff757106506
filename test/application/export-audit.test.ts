import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import type { AuditEntry } from '../../functions/application/audit-entry.ts'
import { exportAudit } from '../../functions/application/export-audit.ts'
import { tryToReadRecord } from '../../functions/application/stored-record.ts'
import type { ArchivalStore } from '../../functions/application/ports.ts'
import { hourMs, toIso } from '../../functions/domain/instant.ts'
import { makeRecord } from '../contract/records.ts'
import { closedPool, pass } from '../support/closed-pools.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'

async function exportAll(store: ArchivalStore): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = []
  for await (const entry of exportAudit({ store })) entries.push(entry)
  return entries
}

describe('The audit says of a pool', () => {
  let bench: Workbench

  afterEach(() => bench.close())

  const auditOf = async (poolId: string): Promise<AuditEntry | undefined> => {
    await pass(bench, 20 * 24 * hourMs)
    expect((await bench.record(poolId)).state).toBe('archived')
    return (await exportAll(bench.dependencies.store)).find((entry) => entry.poolId === poolId)
  }
  const open = async (options?: WorkbenchOptions): Promise<string> => {
    bench = await setUpWorkbench(options)
    return closedPool(bench)
  }

  test('with a rejection: why it was allowed after the window, and by which operation', async () => {
    const poolId = await open()
    const closedAt = toIso(bench.clock.at)
    bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at })
    await bench.hint(poolId)
    const entry = await auditOf(poolId)
    const [operation] = bench.model.operationsOf(poolId)

    expect(entry).toMatchObject({
      archivedBy: 'archiver',
      archivedAt: '2026-01-14T11:01:00.000Z',
      requestedAt: '2026-01-14T11:01:00.000Z',
      grounds:
        `Closed for COMPLETED ${closedAt}, grace 0 h; nothing in work or in review; ` +
        'nothing rejected since 2026-01-05T10:01:00.000Z.',
      closeReason: 'COMPLETED',
      closedAt,
      newestRejectionAt: null,
      appealWindowEndsAt: '2026-01-14T11:01:00.000Z',
      readAt: '2026-01-14T11:01:00.000Z',
      attempts: 1,
      operations: [{ operationId: operation?.id, status: 'SUCCESS', isOurs: true }],
    })
  })

  test('whose request got no answer: that it was ours all the same', async () => {
    const poolId = await open()
    bench.fake.faults.next({ method: 'POST' }, { kind: 'effect-then-cut' })
    await bench.hint(poolId)
    const requestedAt = toIso(bench.clock.at)

    expect(await auditOf(poolId)).toMatchObject({
      archivedBy: 'archiver',
      archivedAt: requestedAt,
      requestedAt,
      operations: [{ isOurs: true }],
    })
  })

  test('that a person had archived before: somebody else, when we saw it', async () => {
    const poolId = await open()
    bench.model.archiveByHand(poolId)
    bench.clock.at += hourMs
    await bench.hint(poolId)

    expect(await auditOf(poolId)).toMatchObject({
      archivedBy: 'somebody-else',
      archivedAt: '2026-01-05T11:00:00.000Z',
      requestedAt: null,
      grounds: null,
      operations: [],
    })
  })

  test('that a person was archiving when we asked: somebody else, by that operation', async () => {
    const poolId = await open()
    bench.model.archiveByHand(poolId, { kind: 'slow', pendingMs: 2 * hourMs, runningMs: hourMs })
    bench.clock.at += hourMs
    await bench.hint(poolId)

    expect(await auditOf(poolId)).toMatchObject({
      archivedBy: 'somebody-else',
      archivedAt: '2026-01-05T13:00:00.000Z',
      requestedAt: '2026-01-05T11:00:00.000Z',
      attempts: 1,
      operations: [{ submittedAt: '2026-01-05T10:00:00.000Z', isOurs: false }],
    })
  })

  test('with another close reason: the grace that the policy asked for then', async () => {
    const poolId = await open()
    const poolClosedByHand = bench.model.createPool(
      {},
      {
        lastStartedAt: bench.clock.at - 24 * hourMs,
        lastStoppedAt: bench.clock.at,
        lastCloseReason: 'MANUAL',
      },
    )
    await bench.hint(poolId)
    await bench.hint(poolClosedByHand)

    expect(await auditOf(poolClosedByHand)).toMatchObject({
      grounds: expect.stringMatching(/^Closed for MANUAL 2026-01-05T10:00:00.000Z, grace 168 h; /),
    })
  })
})

test('An export has each record once, page by page, and holds no more than a page', async () => {
  const store: ArchivalStore = new MemoryArchivalStore()
  const poolIds = Array.from({ length: 1_201 }, (_, index) => String(10_000 + index))
  for (const poolId of poolIds) await store.put(makeRecord(poolId), 0)
  const pages: number[] = []
  const readAll: ArchivalStore['readAll'] = async (after, limit) => {
    const page = await store.readAll(after, limit)
    pages.push(page.readings.length)
    return page
  }
  const seen: string[] = []
  for await (const { poolId } of exportAudit({ store: { ...store, readAll } })) {
    seen.push(poolId)
    expect(pages).toHaveLength(Math.ceil(seen.length / 500))
  }

  expect(seen).toEqual(poolIds)
  expect(pages).toEqual([500, 500, 201])
})

test('An export of nothing is empty', async () => {
  expect(await exportAll(new MemoryArchivalStore())).toEqual([])
})

test('An export names a record that cannot be read, and goes on', async () => {
  const folder = makeTemporaryFolder()
  const path = folder.file('archiver.sqlite')
  const dataFile = openDataFile(path, { exclusive: true })
  const store = createArchivalStore(dataFile)
  for (const poolId of ['17', '18', '19']) await store.put(makeRecord(poolId), 0)
  const beside = new DatabaseSync(path)
  beside.exec(`update records set body = '{"schema":99}' where pool_id = '18'`)
  beside.close()
  const entries = await exportAll(store)
  dataFile.close()
  folder.remove()

  expect(entries.map(({ poolId, problem }) => [poolId, problem])).toEqual([
    ['17', null],
    ['18', expect.stringContaining('pool 18 cannot be read: its schema is 99')],
    ['19', null],
  ])
})

test('An export that is cut off says so: half an audit must not look like a whole one', async () => {
  const store = new MemoryArchivalStore()
  const readAll: ArchivalStore['readAll'] = async (after) => {
    if (after !== null) throw new Error('The disk is gone.')
    return { readings: [makeRecord('17')], next: '17' }
  }

  await expect(exportAll(Object.assign(store, { readAll }))).rejects.toThrow('The disk is gone.')
})

test('An export takes no defect of ours for a record that cannot be read', () => {
  const defect = () => {
    throw new RangeError('A defect.')
  }

  expect(() => tryToReadRecord(defect)).toThrow(RangeError)
})
