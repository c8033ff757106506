import { expect, test } from '@jest/globals'
import { classifyAnswer, type AnswerClass } from '../../functions/domain/answer-class.ts'

type Answer = readonly [status: number | null, code: string | null, answerClass: AnswerClass]

const answers: readonly Answer[] = [
  [409, 'THERE_IS_REJECTED_ASSIGNMENT', 'wait'],
  [409, 'THERE_IS_ACTIVE_ASSIGNMENT', 'wait'],
  [409, 'SUBMITTED_ASSIGNMENTS_CONFLICT', 'wait'],
  [409, 'INAPPROPRIATE_STATUS', 'wait'],
  [409, 'A_CODE_OF_NEXT_YEAR', 'wait'],
  [409, null, 'wait'],

  [409, 'POOL_LOCKED_BY_ANOTHER_OPERATION', 'busy'],
  [409, 'OPERATION_ALREADY_EXISTS', 'busy'],

  [429, 'TOO_MANY_REQUESTS', 'quota'],
  [429, null, 'quota'],

  [null, null, 'fault'],
  [408, null, 'fault'],
  [500, 'INTERNAL_ERROR', 'fault'],
  [502, null, 'fault'],
  [503, null, 'fault'],
  [504, null, 'fault'],
  [599, null, 'fault'],

  [200, null, 'unreadable'],
  [202, null, 'unreadable'],
  [204, null, 'unreadable'],
  [301, null, 'unreadable'],
  [307, null, 'unreadable'],
  [399, null, 'unreadable'],

  [401, 'AUTHENTICATION_ERROR', 'operator'],
  [401, null, 'operator'],
  [403, 'ACCESS_DENIED', 'forbidden'],
  [403, null, 'forbidden'],

  [400, 'VALIDATION_ERROR', 'this-pool'],
  [404, 'DOES_NOT_EXIST', 'this-pool'],
  [405, null, 'this-pool'],
  [410, null, 'this-pool'],
  [418, null, 'this-pool'],
  [422, null, 'this-pool'],
]

test.each(answers)('%s %s is of the class %s', (status, code, answerClass) => {
  expect(classifyAnswer({ status, code, readable: true })).toBe(answerClass)
})

test.each([400, 401, 403, 404, 429, 500])(
  'With status %d the status decides, whatever the code',
  (status) => {
    const plain = classifyAnswer({ status, code: null, readable: true })
    expect(classifyAnswer({ status, code: 'OPERATION_ALREADY_EXISTS', readable: true })).toBe(plain)
    expect(classifyAnswer({ status, code: 'THERE_IS_REJECTED_ASSIGNMENT', readable: true })).toBe(
      plain,
    )
  },
)

test.each<readonly [number | null, AnswerClass]>([
  [null, 'fault'],
  [202, 'unreadable'],
  [400, 'fault'],
  [401, 'operator'],
  [403, 'fault'],
  [404, 'fault'],
  [409, 'fault'],
  [429, 'quota'],
  [502, 'fault'],
])('What a proxy says in its own words tells nothing of a pool: %s is %s', (status, expected) => {
  expect(classifyAnswer({ status, code: null, readable: false })).toBe(expected)
})
