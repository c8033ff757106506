import { expect, test } from '@jest/globals'
import { createSlackAnnouncer } from '../../../functions/adapters/slack/slack-announcer.ts'
import { createSlackNotifier } from '../../../functions/adapters/slack/slack-notifier.ts'
import type { Announcement } from '../../../functions/domain/record.ts'

const texts: string[] = []
const post = async (text: string): Promise<void> => void texts.push(text)

const announcement: Announcement = {
  id: '17:3',
  kind: 'PoolNeedsAttention',
  poolId: '17',
  reason: 'not-found',
  detail: 'Toloka says: <!channel> R&D\n*done*',
  dueAt: Date.UTC(2026, 0, 6, 10),
  at: Date.UTC(2026, 0, 5, 10),
}

test('A pool that needs attention is told at once, and its texts steer nothing', async () => {
  texts.length = 0
  await createSlackAnnouncer(post, 'archiver-dev').announce(announcement)

  expect(texts).toEqual([
    '*archiver-dev*: Toloka pool 17 needs attention (not-found)\n' +
      'Toloka does not know this pool: is it of another account or environment? ' +
      'Toloka says: &lt;!channel&gt; R&amp;D *done* Noticed at 2026-01-05T10:00:00.000Z.',
  ])
})

test('A text from nowhere is left out', async () => {
  texts.length = 0
  await createSlackAnnouncer(post, 'archiver').announce({ ...announcement, detail: null })

  expect(texts[0]).toContain('environment? Noticed')
})

test.each(['PoolArchivalPlanned', 'PoolHeld', 'PoolArchived'] as const)(
  '%s is left to the digest',
  async (kind) => {
    texts.length = 0
    await createSlackAnnouncer(post, 'archiver').announce({ ...announcement, kind })

    expect(texts).toEqual([])
  },
)

test('A notice has a headline', async () => {
  texts.length = 0
  await createSlackNotifier(post, 'archiver').notify({ subject: '1 archived', text: '- 17 <b>\n' })

  expect(texts).toEqual(['*archiver*: 1 archived\n- 17 &lt;b&gt;\n'])
})
