import {
  RecordChanged,
  type ArchivalStore,
  type RecordPage,
} from '../../functions/application/ports.ts'
import {
  anyRecord,
  fitsQuery,
  readDuePlace,
  readPoolPlace,
  writeDuePlace,
  type DuePlace,
  type RecordQuery,
} from '../../functions/application/record-query.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'

/** The archival records in memory. Records are never changed in place, so none is copied. */
export class MemoryArchivalStore implements ArchivalStore {
  readonly #records = new Map<string, ArchivalRecord>()

  /** All of them, by pool id. */
  get records(): ReadonlyMap<string, ArchivalRecord> {
    return this.#records
  }

  readonly get: ArchivalStore['get'] = async (poolId) => this.#records.get(poolId) ?? null

  readonly getFingerprints: ArchivalStore['getFingerprints'] = async (poolIds) => {
    const known = poolIds.flatMap((poolId) => this.#records.get(poolId) ?? [])
    return new Map(known.map(({ poolId, fingerprint }) => [poolId, fingerprint]))
  }

  readonly put: ArchivalStore['put'] = async (record, expectedVersion) => {
    this.expectVersion(record.poolId, expectedVersion)
    this.keep(record)
  }

  protected expectVersion(poolId: string, expectedVersion: number): void {
    const current = this.#records.get(poolId) ?? null
    if ((current?.version ?? 0) !== expectedVersion) throw new RecordChanged(poolId, current)
  }

  protected keep(record: ArchivalRecord): void {
    this.#records.set(record.poolId, record)
  }

  readonly list: ArchivalStore['list'] = async (query) => {
    const fitting = [...this.#records.values()].filter((record) => fitsQuery(record, query))
    return query.dueUntil === null ? pageByPoolId(fitting, query) : pageByDueTime(fitting, query)
  }

  readonly readAll: ArchivalStore['readAll'] = async (after, limit) => {
    const { records, next } = await this.list({ ...anyRecord, after, limit })
    return { readings: records, next }
  }

  readonly overdue: ArchivalStore['overdue'] = async (until, limit) =>
    [...this.#records.values()]
      .flatMap(({ poolId, reason, dueAt }) => (dueAt === null ? [] : [{ poolId, reason, dueAt }]))
      .filter(({ dueAt }) => dueAt <= until)
      .toSorted(byDueTime)
      .slice(0, limit)

  readonly archivedSince: ArchivalStore['archivedSince'] = async (since, limit) =>
    [...this.#records.values()]
      .filter(({ state, updatedAt }) => state === 'archived' && updatedAt >= since)
      .toSorted((one, other) => one.updatedAt - other.updatedAt)
      .slice(0, limit)
      .map(({ poolId }) => poolId)

  readonly unannounced: ArchivalStore['unannounced'] = async (limit) =>
    [...this.#records.values()]
      .filter(({ outbox }) => outbox.length > 0)
      .slice(0, limit)
      .map(({ poolId }) => poolId)
}

function pageByPoolId(
  fitting: readonly ArchivalRecord[],
  { after, limit }: RecordQuery,
): RecordPage {
  const place = after === null ? '' : readPoolPlace(after)
  const left = fitting
    .filter(({ poolId }) => poolId > place)
    .toSorted((one, other) => (one.poolId < other.poolId ? -1 : 1))
  const records = left.slice(0, limit)
  return { records, next: left.length > limit ? (records.at(-1)?.poolId ?? null) : null }
}

function pageByDueTime(
  fitting: readonly ArchivalRecord[],
  { after, limit }: RecordQuery,
): RecordPage {
  const place = after === null ? { dueAt: -Infinity, poolId: '' } : readDuePlace(after)
  const left = fitting
    .map((record) => ({ record, poolId: record.poolId, dueAt: record.dueAt ?? Infinity }))
    .toSorted(byDueTime)
    .filter((candidate) => byDueTime(candidate, place) > 0)
  const page = left.slice(0, limit)
  const last = page.at(-1)
  return {
    records: page.map(({ record }) => record),
    next: last && left.length > limit ? writeDuePlace(last) : null,
  }
}

function byDueTime(one: DuePlace, other: DuePlace): number {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt ? -1 : 1
  if (one.poolId === other.poolId) return 0
  return one.poolId < other.poolId ? -1 : 1
}
