import { expect, test } from '@jest/globals'
import { conclude } from './conclude.ts'
import { answered } from './probe.ts'
import type { Question } from './probe.ts'

const question: Question = { number: '3', text: '?', why: '', switches: ['pendingWork'] }

test('Answers as documented confirm, others refute', () => {
  expect(answered(question, { pendingWork: 'refused' }, '').conclusion).toBe('confirmed')
  expect(answered(question, { pendingWork: 'allowed' }, '').conclusion).toBe('refuted')
})

test('Answers that differ set no switch', () => {
  const findings = [
    answered(question, { pendingWork: 'refused' }, ''),
    answered(question, { pendingWork: 'allowed' }, ''),
  ]
  const { personality, notObserved } = conclude(findings)
  expect(personality).toEqual({})
  expect(notObserved['pendingWork']).toBe('The answers differ: refused, allowed.')
})
