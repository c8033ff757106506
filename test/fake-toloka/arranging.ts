import { ask, HandClock } from './asking.ts'
import type { Asked } from './asking.ts'
import { TolokaModel } from './model.ts'
import type { Personality } from './personality.ts'
import type { ViolationKind } from './violation.ts'

export const minuteMs = 60_000
export const dayMs = 24 * 60 * minuteMs

/** An open pool, a minute old. */
export function arrange(personality: Partial<Personality> = {}): {
  clock: HandClock
  model: TolokaModel
  pool: string
} {
  const clock = new HandClock('2026-03-10T08:00:00Z')
  const model = new TolokaModel({ now: clock.now, personality })
  const pool = model.createPool()
  model.openPool(pool)
  clock.pass(minuteMs)
  return { clock, model, pool }
}

/** A closed pool whose only answer was rejected one minute before the close. */
export function rejected(personality: Partial<Personality> = {}): ReturnType<typeof arrange> & {
  assignment: string
} {
  const arranged = arrange(personality)
  const { model, pool, clock } = arranged
  const assignment = model.startAssignment(pool)
  model.submit(assignment)
  model.reject(assignment)
  clock.pass(minuteMs)
  model.closePool(pool)
  return { ...arranged, assignment }
}

export function archive(model: TolokaModel, pool: string): Asked {
  return ask(model, 'POST', `/pools/${pool}/archive`)
}

export function kinds(model: TolokaModel): readonly ViolationKind[] {
  return model.violations.map((one) => one.kind)
}
