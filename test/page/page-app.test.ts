import { expect, test } from '@jest/globals'
import { fromThisMachine } from '../../functions/page/page-access.ts'
import { createPageApp } from '../../functions/page/page-app.ts'
import { closedEvent, openBox, signedDelivery } from '../local/box.ts'

test('The page can be served by itself, and then nothing but the page is there', async () => {
  const box = await openBox()
  const app = createPageApp(box.archiver, fromThisMachine)
  const ask = (path: string, init?: RequestInit) =>
    app.fetch(new Request(`http://localhost${path}`, init))

  expect((await ask('/')).status).toBe(200)
  expect((await ask('/api/pools')).status).toBe(200)
  expect((await ask('/healthz')).status).toBe(404)
  const delivery = signedDelivery({ events: [closedEvent('17')] })
  expect((await ask('/webhooks/toloka', delivery)).status).toBe(404)
  expect(await box.archiver.queue.nextDueAt()).toBeNull()
  await box.close()
})
