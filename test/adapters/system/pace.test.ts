import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createPace } from '../../../functions/adapters/system/pace.ts'

const half = { min: 0.5, max: 1, noNaN: true }
const late = { min: 0.5, max: 40, noNaN: true }

/** A clock that only sleeping moves. */
function virtualTime(toSlept: (ms: number) => number = (ms) => ms) {
  let at = 0.25
  return {
    now: () => at,
    advance: (ms: number) => {
      at += ms
    },
    sleep: async (ms: number) => {
      // Like a timer: whoever may go now goes first.
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      at += toSlept(ms)
    },
  }
}

describe('the pace', () => {
  test('keeps requests apart', async () => {
    const time = virtualTime()
    const pace = createPace({ perSecond: 20, ...time })
    const went: number[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      await pace.take()
      went.push(time.now())
    }
    expect(went).toEqual([0.25, 50.25, 100.25, 150.25])
  })

  test('does not wait when nothing went lately', async () => {
    const time = virtualTime()
    const pace = createPace({ perSecond: 20, ...time })
    await pace.take()
    time.advance(60)
    await pace.take()
    expect(time.now()).toBe(60.25)
  })

  test('keeps its distance from a request that somebody else has just sent', async () => {
    const time = virtualTime()
    const pace = createPace({ perSecond: 20, ...time, lastAt: time.now() })
    await pace.take()
    expect(time.now()).toBe(50.25)
  })

  test('the first to come is the first to go', async () => {
    const pace = createPace({ perSecond: 20, ...virtualTime() })
    const went: string[] = []
    const go = async (who: string) => {
      await pace.take()
      went.push(who)
    }
    await Promise.all([go('Ann'), go('Ben'), go('Cid')])
    expect(went).toEqual(['Ann', 'Ben', 'Cid'])
  })

  test('a sleep that fails concerns nobody else', async () => {
    const time = virtualTime()
    let failures = 1
    const sleep = async (ms: number) => {
      failures -= 1
      if (failures === 0) throw new Error('woken')
      await time.sleep(ms)
    }
    const pace = createPace({ perSecond: 20, now: time.now, sleep })
    const outcomes = await Promise.allSettled([pace.take(), pace.take(), pace.take()])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('no second ever sees too many, however early or late sleeps end', async () => {
    const rate = fc.integer({ min: 1, max: 300 })
    const step = fc.record({ idleMs: fc.nat({ max: 900 }), together: fc.nat({ max: 9 }) })
    const endings = fc.infiniteStream(fc.record({ part: fc.double(half), lateMs: fc.double(late) }))
    const plans = fc.asyncProperty(rate, fc.array(step), endings, async (perSecond, plan, ends) => {
      const time = virtualTime((ms) => {
        const { part, lateMs } = ends.next().value
        return ms * part + lateMs
      })
      const pace = createPace({ perSecond, ...time })
      const went: number[] = []
      const go = async () => {
        await pace.take()
        went.push(time.now())
      }
      for (const { idleMs, together } of plan) {
        time.advance(idleMs)
        await Promise.all(Array.from({ length: together }, go))
      }
      for (const [index, at] of went.slice(perSecond).entries()) {
        expect(at - (went[index] ?? at)).toBeGreaterThanOrEqual(1_000)
      }
    })
    await fc.assert(plans)
  })
})
