import { RecordChanged, type ArchivalStore } from '../../functions/application/ports.ts'
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

  readonly list: ArchivalStore['list'] = async ({ state, after, limit }) => {
    const found = [...this.#records.values()]
      .filter((record) => state === null || record.state === state)
      .filter(({ poolId }) => after === null || poolId > after)
      .toSorted((one, other) => (one.poolId < other.poolId ? -1 : 1))
    const records = found.slice(0, limit)
    return { records, next: found.length > limit ? (records.at(-1)?.poolId ?? null) : null }
  }

  readonly overdue: ArchivalStore['overdue'] = async (until, limit) =>
    [...this.#records.values()]
      .flatMap(({ poolId, reason, dueAt }) => (dueAt === null ? [] : [{ poolId, reason, dueAt }]))
      .filter(({ dueAt }) => dueAt <= until)
      .toSorted((one, other) => one.dueAt - other.dueAt || (one.poolId < other.poolId ? -1 : 1))
      .slice(0, limit)

  readonly unannounced: ArchivalStore['unannounced'] = async (limit) =>
    [...this.#records.values()]
      .filter(({ outbox }) => outbox.length > 0)
      .slice(0, limit)
      .map(({ poolId }) => poolId)
}
