import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt, closedEvent, openBox, signedDelivery, type Box } from './box.ts'

const hourMs = 3_600_000

describe('A webhook that somebody recorded and sends again', () => {
  let box: Box

  beforeEach(async () => {
    box = await openBox()
  })
  afterEach(() => box.close())

  const send = async (delivery: RequestInit): Promise<number> =>
    (await fetch(`${box.server.url}/webhooks/toloka`, delivery)).status

  const sendOften = async (delivery: RequestInit): Promise<readonly number[]> => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => send(delivery)))
    await workOff(box.archiver)
    return [...new Set(statuses)]
  }

  test('asks for no second archive operation while one runs', async () => {
    const poolId = addFinishedPool(box.model)
    box.model.scriptArchive(poolId, { kind: 'slow', runningMs: 2 * hourMs })
    const delivery = signedDelivery({ events: [closedEvent(poolId)] })

    expect(await sendOften(delivery)).toEqual([200])
    box.clock.at += hourMs
    expect(await sendOften(delivery)).toEqual([200])
    expect(await box.archiver.store.get(poolId)).toMatchObject({ state: 'archiving' })
    expect(box.model.archiveRequestsOf(poolId)).toHaveLength(1)
  })

  test('of a pool that is archived changes nothing, and asks Toloka nothing', async () => {
    const poolId = addFinishedPool(box.model)
    const delivery = signedDelivery({ events: [closedEvent(poolId)] })
    await sendOften(delivery)
    const record = await box.archiver.store.get(poolId)
    const asked = box.model.requests.total

    box.clock.at += 23 * hourMs
    expect(await sendOften(delivery)).toEqual([200])
    expect(record).toMatchObject({ state: 'archived' })
    expect(await box.archiver.store.get(poolId)).toEqual(record)
    expect(box.model.requests.total).toBe(asked)
  })

  test('makes nothing early', async () => {
    const poolId = addFinishedPool(box.model)
    box.model.addAssignment(poolId, { status: 'REJECTED', at: beginsAt - 60 * hourMs })
    const delivery = signedDelivery({ events: [closedEvent(poolId)] })
    await sendOften(delivery)
    const record = await box.archiver.store.get(poolId)
    box.clock.at += 23 * hourMs
    await sendOften(delivery)

    expect(record).toMatchObject({ state: 'waiting', reason: 'appeal-window' })
    expect((await box.archiver.store.get(poolId))?.dueAt).toBe(record?.dueAt)
    expect(box.model.archiveRequestsOf(poolId)).toEqual([])
  })

  test('is refused once it is a day old', async () => {
    const delivery = signedDelivery({ events: [closedEvent(addFinishedPool(box.model))] })
    box.clock.at += 24 * hourMs + 1

    expect(await sendOften(delivery)).toEqual([401])
    expect(box.model.requests.total).toBe(0)
  })
})
