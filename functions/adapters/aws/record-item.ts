import { deflateRawSync, inflateRawSync } from 'node:zlib'
import * as z from 'zod/mini'
import type { DueKey } from '../../application/ports.ts'
import { parseRecord, UnreadableRecordError } from '../../application/stored-record.ts'
import type { ArchivalRecord } from '../../domain/record.ts'

const prefix = 'pool:'

export function itemId(poolId: string): string {
  return `${prefix}${poolId}`
}

/** A record as an item of the table. What stands beside the body is for the indexes and for people. */
export interface RecordItem {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly reason: string
  /** As the pool was last read. */
  readonly projectId: string | undefined
  /** When it is due or, if it is archived, since when; so every record has a place in the index. */
  readonly at: number
  readonly fingerprint: string | undefined
  /** Only there while something is not announced. */
  readonly outbox: 'waiting' | undefined
  /** The whole record as JSON, deflated: a write costs by the kilobyte. */
  readonly body: Uint8Array
}

export function toItem(record: ArchivalRecord): RecordItem {
  const { poolId, version, state, reason, dueAt, fingerprint, outbox, updatedAt } = record
  return {
    id: itemId(poolId),
    version,
    state,
    reason,
    projectId: record.pool?.projectId,
    at: dueAt ?? updatedAt,
    fingerprint: fingerprint ?? undefined,
    outbox: outbox.length > 0 ? 'waiting' : undefined,
    body: deflateRawSync(JSON.stringify(record)),
  }
}

const poolItem = z.object({ id: z.string().check(z.startsWith(prefix)) })

export function poolIdOf(item: unknown): string {
  return z.parse(poolItem, item).id.slice(prefix.length)
}

export function isPoolItem(item: unknown): boolean {
  return poolItem.safeParse(item).success
}

const bodyItem = z.object({ body: z.instanceof(Uint8Array) })

/** @throws UnreadableRecordError */
export function toRecord(item: unknown): ArchivalRecord {
  const poolId = poolIdOf(item)
  return parseRecord(poolId, inflate(poolId, item))
}

function inflate(poolId: string, item: unknown): string {
  try {
    return inflateRawSync(z.parse(bodyItem, item).body).toString()
  } catch (error) {
    throw new UnreadableRecordError(poolId, 'its body cannot be unpacked', { cause: error })
  }
}

/** Those attributes of an item that `toFingerprint` reads. */
export const fingerprintAttributes = ['id', 'fingerprint']

const fingerprintItem = z.object({ fingerprint: z.optional(z.string()) })

export function toFingerprint(
  item: unknown,
): readonly [poolId: string, fingerprint: string | null] {
  return [poolIdOf(item), z.parse(fingerprintItem, item).fingerprint ?? null]
}

const dueItem = z.object({ reason: z.string(), at: z.int() })

export function toDueKey(item: unknown): DueKey {
  const { reason, at } = z.parse(dueItem, item)
  return { poolId: poolIdOf(item), reason, dueAt: at }
}
