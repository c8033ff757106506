import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { toEventDetail } from '../../../functions/adapters/aws/event-announcer.ts'

const page = readFileSync('docs/events.md', 'utf8')

const detail = toEventDetail({
  id: '38245117:3',
  kind: 'PoolArchivalPlanned',
  poolId: '38245117',
  reason: 'appeal-window',
  detail: null,
  dueAt: Date.parse('2026-12-03T11:00:00Z'),
  at: Date.parse('2026-11-24T10:00:00Z'),
})

test('docs/events.md describes every field of an event, in their order', () => {
  const rows = page.matchAll(/^\| `([a-zA-Z]+)` +\| (string|number)/gm)

  expect([...rows].map(([, name]) => name)).toEqual(Object.keys(detail))
})

test('docs/events.md shows an event as it is sent', () => {
  const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? []

  expect(JSON.parse(example)).toEqual({
    source: 'toloka-pool-archiver',
    'detail-type': 'PoolArchivalPlanned',
    detail,
  })
})
