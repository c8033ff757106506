import { describe, expect, test } from '@jest/globals'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { personalities } from '../fake-toloka/personality.ts'
import { beginLife, longestLifeMs } from '../simulation/lives.ts'
import { Random } from '../simulation/random.ts'
import { tolokaByText } from '../simulation/trouble.ts'
import { readModel, type Reads } from '../twins/model-toloka.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const beginsAt = Date.UTC(2026, 0, 5, 10)

/** What came of a request: a value, or the error in words. */
async function outcomeOf(request: Promise<unknown>): Promise<unknown> {
  try {
    return await request
  } catch (error) {
    if (error instanceof TolokaError) return `${error.answerClass}: ${error.summary}`
    throw error
  }
}

describe('What is read right out of the model is what its text says', () => {
  test.each(personalities)('$name', async ({ name, personality }) => {
    const random = new Random(personalities.findIndex((one) => one.name === name))
    let at = beginsAt
    const model = new TolokaModel({ now: () => at, personality, requestsPerSecond: Infinity })
    const lives = Array.from({ length: 12 }, () => beginLife(model, random, beginsAt + dayMs))
    for (const { life } of lives) {
      for (const hours of [random.integer(1, 99), random.integer(1, 99)]) {
        model.addAssignment(life.poolId, { status: 'REJECTED', at: beginsAt - hours * hourMs })
      }
    }
    model.createPool({ type: 'TRAINING', metadata: { archiver: ['keep'] } })
    const foreign = model.createPool({}, { ofAnotherAccount: true })
    const agenda = lives
      .flatMap(({ happenings }) => happenings)
      .toSorted((one, other) => one.at - other.at)
    const text = tolokaByText(model)
    const direct = readModel(model, text)
    let compared = 0

    for (let step = 0; at < beginsAt + longestLifeMs; step += 1) {
      at += random.integer(1, dayMs)
      while ((agenda[0]?.at ?? Infinity) <= at) await agenda.shift()?.happen()
      const poolId = random.pick([...model.poolIds, foreign, '404'])
      const since = at - random.integer(0, 10 * dayMs)
      const after = random.pick([null, poolId])
      for (const ask of [
        (toloka: Reads) => toloka.readPool(poolId),
        (toloka: Reads) => toloka.findPendingWork(poolId),
        (toloka: Reads) => toloka.findRejection(poolId, since),
        (toloka: Reads) => toloka.listPools('CLOSED', after),
        (toloka: Reads) => toloka.listPools('OPEN', after),
      ]) {
        expect(await outcomeOf(ask(direct))).toEqual(await outcomeOf(ask(text)))
        compared += 1
      }
    }

    expect(compared).toBeGreaterThan(60)
  })
})
