import { expect, test } from '@jest/globals'
import { Agenda } from './agenda.ts'

test('what is due comes in order of time, among equals the earlier noted one first', () => {
  const agenda = new Agenda()
  const done: string[] = []
  const times = [5, 3, 9, 1, 3, 7, 1, 8, 2]
  for (const [index, at] of times.entries()) agenda.add(at, () => done.push(`${at}/${index}`))
  expect(agenda.nextAt()).toBe(1)
  for (let due = agenda.takeDue(7); due !== null; due = agenda.takeDue(7)) due.run()
  expect(done).toEqual(['1/3', '1/6', '2/8', '3/1', '3/4', '5/0', '7/5'])
  expect(agenda.nextAt()).toBe(8)
})

test('what became pointless is skipped', () => {
  const agenda = new Agenda()
  let isLive = true
  agenda.add(
    1,
    () => undefined,
    () => isLive,
  )
  agenda.add(2, () => undefined)
  expect(agenda.nextAt()).toBe(1)
  isLive = false
  expect(agenda.nextAt()).toBe(2)
  expect(agenda.takeDue(1)).toBeNull()
  expect(agenda.takeDue(2)?.at).toBe(2)
  expect(agenda.nextAt()).toBeNull()
})
