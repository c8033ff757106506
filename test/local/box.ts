import { serve } from '../../functions/local/app.ts'
import type { RunningServer } from '../../functions/page/http-server.ts'
import { readConfig, type Config } from '../../functions/runtime/config.ts'
import { openLocalArchiver, type LocalArchiver } from '../../functions/runtime/local.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { signDelivery } from '../fake-toloka/signature.ts'
import { recordJournal, type RecordedJournal } from './recorded-journal.ts'

export const webhookSecret = 'a-webhook-secret-of-these-tests-only'
export const beginsAt = Date.UTC(2026, 0, 5, 10)
const dayMs = 24 * 3_600_000

export interface Box {
  readonly clock: { at: number }
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly config: Config
  readonly journal: RecordedJournal
  readonly archiver: LocalArchiver
  readonly server: RunningServer
  /** Opens the same data file again, once the archiver has closed it. */
  readonly reopen: () => LocalArchiver
  readonly close: () => Promise<void>
}

/** The archiver on one machine, served over HTTP beside a fake Toloka; nothing runs by itself. */
export async function openBox(settings: Readonly<Record<string, string>> = {}): Promise<Box> {
  const clock = { at: beginsAt }
  const model = new TolokaModel({ now: () => clock.at, requestsPerSecond: Infinity })
  const fake = await startFakeToloka(model)
  const folder = makeTemporaryFolder()
  const config = readConfig({
    TOLOKA_URL: fake.url,
    TOLOKA_TOKEN: model.token,
    TOLOKA_WEBHOOK_SECRET: webhookSecret,
    ARCHIVE_MODE: 'archive',
    DATA_FILE: folder.file('archiver.sqlite'),
    ...settings,
  })
  const journal = recordJournal()
  const opened: LocalArchiver[] = []
  const open = (): LocalArchiver => {
    const pace = { take: async () => {} }
    const next = openLocalArchiver(config, { clock: { now: () => clock.at }, journal, pace })
    opened.push(next)
    return next
  }
  const archiver = open()
  const server = await serve(archiver, { ...config, server: { host: '127.0.0.1', port: 0 } })
  const close = async (): Promise<void> => {
    await server.close()
    for (const one of opened) closeQuietly(one)
    await fake.close()
    folder.remove()
  }
  return { clock, model, fake, config, journal, archiver, server, reopen: open, close }
}

/** Some tests close the archiver themselves. */
function closeQuietly(archiver: LocalArchiver): void {
  try {
    archiver.close()
  } catch (error) {
    if (!String(error).includes('not open')) throw error
  }
}

/** A pool that closed two days ago, with every answer accepted. */
export function addFinishedPool(model: TolokaModel, name = 'Street signs', at = beginsAt): string {
  const poolId = model.createPool(
    { private_name: name },
    {
      createdAt: at - 9 * dayMs,
      lastStartedAt: at - 8 * dayMs,
      lastStoppedAt: at - 2 * dayMs,
      lastCloseReason: 'COMPLETED',
    },
  )
  model.addManyAssignments(poolId, 10, at - 3 * dayMs)
  return poolId
}

export function closedEvent(poolId: string): object {
  return { type: 'POOL_CLOSED', pool_id: poolId, close_reason: 'COMPLETED' }
}

/** A delivery as Toloka signs it. */
export function signedDelivery(value: unknown, at = beginsAt, secret = webhookSecret) {
  const body = typeof value === 'string' ? value : JSON.stringify(value)
  return {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Toloka-Signature': signDelivery(secret, body, at),
    },
    body,
  } as const
}
