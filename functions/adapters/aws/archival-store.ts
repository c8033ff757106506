import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { RecordChanged, type ArchivalStore, type DueKey } from '../../application/ports.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ArchivalRecord } from '../../domain/record.ts'
import { states } from '../../domain/states.ts'
import { listRecords, scanRecords } from './list-records.ts'
import { queryItems, readItems } from './read-items.ts'
import {
  fingerprintAttributes,
  itemId,
  poolIdOf,
  toDueKey,
  toFingerprint,
  toItem,
  toRecord,
} from './record-item.ts'
import { byState, isConditionFailure, overVersion, unannouncedIndex, type Table } from './table.ts'

const unfinished = states.filter((state) => state !== 'archived')

/**
 * The archival records in a DynamoDB table. `get` and what `put` compares are always the newest;
 * fingerprints and lists may be a moment old, which costs at most a look too many or one sweep.
 * Every call may throw an error of the AWS SDK, and those that return records an
 * UnreadableRecordError.
 *
 * @param pause returns after so many milliseconds
 */
export function createArchivalStore(
  table: Table,
  pause: (ms: number) => Promise<void>,
): ArchivalStore {
  const { client, name: TableName } = table

  const get = async (poolId: string): Promise<ArchivalRecord | null> => {
    const Key = { id: itemId(poolId) }
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))
    return Item === undefined ? null : toRecord(Item)
  }

  return {
    get,
    getFingerprints: async (poolIds) => {
      const options = { attributes: fingerprintAttributes, consistent: false, pause }
      return new Map((await readItems(table, poolIds, options)).map(toFingerprint))
    },
    put: async (record, expectedVersion) => {
      const write = { TableName, Item: toItem(record), ...overVersion(expectedVersion) }
      try {
        await client.send(new PutCommand(write))
      } catch (error) {
        if (!isConditionFailure(error)) throw error
        throw new RecordChanged(record.poolId, await get(record.poolId))
      }
    },
    list: (query) => listRecords(table, query, pause),
    readAll: (after, limit) => scanRecords(table, after, limit),
    overdue: async (until, limit) => {
      const found = await Promise.all(
        unfinished.map((state) => findOverdue(table, state, until, limit)),
      )
      return found.flat().toSorted(byDueTime).slice(0, limit)
    },
    archivedSince: async (since, limit) => {
      const query = {
        IndexName: byState,
        KeyConditionExpression: '#state = :archived and #at >= :since',
        ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
        ExpressionAttributeValues: { ':archived': 'archived', ':since': since },
      }
      return (await queryItems(table, query, limit)).map(poolIdOf)
    },
    unannounced: async (limit) => {
      const query = {
        IndexName: unannouncedIndex,
        KeyConditionExpression: 'outbox = :waiting',
        ExpressionAttributeValues: { ':waiting': 'waiting' },
      }
      return (await queryItems(table, query, limit)).map(poolIdOf)
    },
  }
}

async function findOverdue(
  table: Table,
  state: string,
  until: Instant,
  limit: number,
): Promise<readonly DueKey[]> {
  const query = {
    IndexName: byState,
    KeyConditionExpression: '#state = :state and #at <= :until',
    ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
    ExpressionAttributeValues: { ':state': state, ':until': until },
  }
  return (await queryItems(table, query, limit)).map(toDueKey)
}

function byDueTime(one: DueKey, other: DueKey): number {
  return one.dueAt - other.dueAt || one.poolId.localeCompare(other.poolId)
}
