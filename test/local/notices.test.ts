import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { LocalArchiver } from '../../functions/runtime/local.ts'
import { startSlack, type SlackServer } from '../support/slack-server.ts'
import { addFinishedPool, openBox, type Box } from './box.ts'

let slack: SlackServer
let box: Box

beforeEach(async () => {
  slack = await startSlack()
})

afterEach(async () => {
  await box.close()
  await slack.close()
})

const hourMs = 3_600_000
const unknownPool = '404'

async function look(archiver: LocalArchiver, poolId: string): Promise<void> {
  await archiver.handleWakeUp({ version: 1, poolId, cause: 'hint', dueAt: box.clock.at })
}

async function sweepLater(archiver: LocalArchiver, hours = 1): Promise<void> {
  box.clock.at += hours * hourMs
  await archiver.sweep()
}

const everythingSaid = (): string => JSON.stringify(box.journal.entries)

describe('On one machine with a Slack', () => {
  beforeEach(async () => {
    box = await openBox({ SLACK_WEBHOOK_URL: slack.address })
  })

  test('a pool that needs attention is told at once, and never again', async () => {
    await look(box.archiver, unknownPool)
    expect(slack.texts).toEqual([
      expect.stringContaining(
        '*toloka-pool-archiver*: Toloka pool 404 needs attention (not-found)',
      ),
    ])

    await look(box.archiver, unknownPool)
    await sweepLater(box.archiver)
    box.archiver.close()
    const restarted = box.reopen()
    await look(restarted, unknownPool)
    await sweepLater(restarted)

    expect(slack.texts.filter((text) => text.includes('Toloka pool 404'))).toHaveLength(1)
    expect(box.journal.codes().filter((code) => code === 'ANNOUNCEMENT')).toHaveLength(1)
  })

  test('one digest a day is sent, also over restarts, and the journal says so', async () => {
    const poolId = addFinishedPool(box.model)
    await look(box.archiver, poolId)
    await sweepLater(box.archiver)
    box.archiver.close()
    const restarted = box.reopen()
    await sweepLater(restarted)
    await sweepLater(restarted)

    expect(slack.texts).toEqual([
      '*toloka-pool-archiver*: 1 archived\n' +
        `Archived since 2026-01-04 10:59 UTC: 1\n- ${poolId} Street signs\n`,
    ])
    expect(box.journal.entries).toContainEqual({
      code: 'NOTICE_SENT',
      fields: { occasion: 'digest', place: 'slack', subject: '1 archived' },
    })
  })

  test.each([{ status: 404 }, 'broken connection'] as const)(
    'its address is shown nowhere, whatever goes wrong: %j',
    async (answer) => {
      slack.answer = answer
      await look(box.archiver, unknownPool)
      await sweepLater(box.archiver)

      expect(box.journal.codes()).toEqual(
        expect.arrayContaining(['ANNOUNCEMENT_FAILED', 'NOTICE_FAILED']),
      )
      const record = await box.archiver.store.get(unknownPool)
      expect(record?.outbox).toMatchObject([{ toldTo: ['journal'] }])
      expect(everythingSaid() + JSON.stringify(record)).not.toContain('nobody-may-see')
    },
  )
})

test('Without a Slack the journal tells, and there is no digest', async () => {
  box = await openBox()
  await look(box.archiver, unknownPool)
  await sweepLater(box.archiver)

  expect(slack.texts).toEqual([])
  expect(box.journal.codes()).toContain('ANNOUNCEMENT')
  expect(everythingSaid()).not.toContain('NOTICE')
})
