import { describe, expect, test } from '@jest/globals'
import { HandClock, object } from './asking.ts'
import { TolokaModel } from './model.ts'
import { parsePersonality } from './parse-personality.ts'
import { defaultPersonality, personalities } from './personality.ts'
import { startFakeToloka } from './server.ts'

const dayMs = 24 * 3_600_000

describe('the catalogue', () => {
  test('has readable names, each once', () => {
    const names = personalities.map((one) => one.name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.every((name) => /^[A-Za-z0-9][\w,:' -]{5,}$/.test(name))).toBe(true)
  })

  test.each(Object.keys(defaultPersonality))('deviates in %s, alone', (key) => {
    const deviating = personalities.filter(({ personality }) => {
      const changed = Object.entries(personality).filter(
        ([name, value]) =>
          value !== Object.entries(defaultPersonality).find(([k]) => k === name)?.[1],
      )
      return changed.length === 1 && changed[0]?.[0] === key
    })
    expect(deviating.length).toBeGreaterThan(0)
  })
})

describe('a patient client gets every pool archived and violates nothing', () => {
  test.each(personalities)('$name', async ({ personality }) => {
    const clock = new HandClock('2026-03-10T08:00:00Z')
    const model = new TolokaModel({ now: clock.now, personality })
    const clean = model.createPool()
    const rejected = model.createPool()
    for (const pool of [clean, rejected]) {
      model.openPool(pool)
      const assignment = model.startAssignment(pool)
      model.submit(assignment)
      if (pool === clean) model.accept(assignment)
      else model.reject(assignment)
      model.closePool(pool)
    }
    clock.pass(10 * dayMs)
    const fake = await startFakeToloka(model)
    const send = async (method: string, path: string): Promise<unknown> => {
      const headers = { Authorization: model.authorization }
      const response = await fetch(`${fake.url}/api/v1${path}`, { method, headers })
      const text = await response.text()
      return { status: response.status, ...object(text === '' ? {} : JSON.parse(text)) }
    }
    for (const pool of [clean, rejected]) {
      expect(await send('GET', `/pools/${pool}`)).toMatchObject({ id: pool, status: 'CLOSED' })
      const pending = `/assignments?pool_id=${pool}&status=ACTIVE,SUBMITTED&limit=1`
      expect(await send('GET', pending)).toMatchObject({ items: [] })
      const recent = `/assignments?pool_id=${pool}&rejected_gte=2026-03-11T08%3A00%3A00`
      expect(await send('GET', `${recent}&sort=-rejected&limit=1`)).toMatchObject({ items: [] })
      expect(await send('POST', `/pools/${pool}/archive`)).toMatchObject({ status: 'SUCCESS' })
      expect(await send('GET', `/pools/${pool}`)).toMatchObject({ status: 'ARCHIVED' })
    }
    await fake.close()
    expect(model.violations).toEqual([])
    expect(model.races).toEqual([])
    expect(model.requests.total).toBe(10)
  })
})

describe('as a file', () => {
  test.each(personalities)('reads back: $name', ({ personality }) => {
    expect(parsePersonality(JSON.stringify(personality))).toEqual(personality)
  })

  test.each(['', '[]', '{"earlyArchive":"maybe"}', '{"colour":"red"}', '{"missingPool":500}'])(
    'is refused: %s',
    (text) => {
      expect(parsePersonality(text)).toBeNull()
    },
  )

  test('may leave switches out', () => {
    expect(parsePersonality('{"badToken":403}')).toEqual({
      ...defaultPersonality,
      badToken: 403,
    })
  })
})
