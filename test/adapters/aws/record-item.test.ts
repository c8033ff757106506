import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { toItem, toRecord, type RecordItem } from '../../../functions/adapters/aws/record-item.ts'
import { UnreadableRecordError } from '../../../functions/application/stored-record.ts'
import type { ArchivalRecord } from '../../../functions/domain/record.ts'
import { longestTextBytes, shorten } from '../../../functions/domain/shorten.ts'
import { decideAgain, makeFullRecord, makeRecord } from '../../contract/records.ts'
import { archiveOperation } from '../../support/records.ts'

describe('A record as an item of the table', () => {
  test.each([
    ['that waits', makeRecord('17')],
    ['with something in every field', makeFullRecord('17')],
  ])('%s comes back as it was', (_name, record) => {
    expect(toRecord(toItem(record))).toEqual(record)
  })

  test('with an operation is one kilobyte at most, so a write of it is one unit', () => {
    expect(countBytes(toItem(withOperations(makeRecord('17'), 1, 'none')))).toBeLessThan(1_024)
  })

  test('is never above four kilobytes, so a read of two is one unit', () => {
    let record = withOperations(makeFullRecord('1'.repeat(32)), 5, noise('operation'))
    for (let turn = 0; turn < 40; turn += 1) {
      record = decideAgain(record, { detail: noise(`turn ${turn}`), fingerprint: noise('print') })
    }
    const { pool, lastError, hold } = record
    const worst: ArchivalRecord = {
      ...record,
      pool: pool && { ...pool, privateName: shorten(noise('name')) },
      lastError: lastError && {
        ...lastError,
        message: noise('message').slice(0, longestTextBytes),
      },
      hold: hold && { ...hold, reason: noise('hold').slice(0, longestTextBytes) },
    }

    expect(record.history.length).toBeGreaterThan(3)
    expect(countBytes(toItem(worst))).toBeLessThanOrEqual(4_096)
  })

  test('whose body is spoilt names its pool, and is not taken for none', () => {
    const item = { ...toItem(makeRecord('17')), body: new Uint8Array([1, 2, 3]) }

    expect(() => toRecord(item)).toThrow(UnreadableRecordError)
    expect(() => toRecord(item)).toThrow(/pool 17 cannot be read: its body cannot be unpacked/)
    expect(() => toRecord({ id: 'pool:17' })).toThrow(UnreadableRecordError)
  })
})

/** As DynamoDB counts: names and values, numbers by their digits. */
function countBytes(item: RecordItem): number {
  return Object.entries(item).reduce((bytes, [name, value]) => bytes + name.length + size(value), 0)
}

function size(value: RecordItem[keyof RecordItem]): number {
  if (value === undefined) return 0
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1
  return typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
}

/** As many operations as can fail before a person is called, and the one that succeeds. */
function withOperations(record: ArchivalRecord, count: number, details: string): ArchivalRecord {
  const operations = Array.from({ length: count }, (_, index) =>
    archiveOperation({
      id: createHash('md5').update(`${index}`).digest('hex'),
      details: shorten(`${index}${details}`),
    }),
  )
  return decideAgain(record, { operations })
}

/** Text that nothing can make smaller. */
function noise(seed: string): string {
  const parts = Array.from({ length: 8 }, (_, index) =>
    createHash('sha256').update(`${seed} ${index}`).digest('base64'),
  )
  return parts.join('')
}
