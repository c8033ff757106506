import { describe, expect, test } from '@jest/globals'
import { checkUp, green, red, yellow, type Check } from '../../functions/application/check-up.ts'

const check = (name: string, look: Check['look']): Check => ({ name, look, advice: 'see a doctor' })

describe('A check-up', () => {
  test('says what to do about all that is not green', async () => {
    const seen: string[] = []
    const results = await checkUp(
      [
        check('one', async () => green('well')),
        check('two', async () => yellow('tired')),
        check('three', async () => red('ill', 'go to bed')),
        check('four', async () => yellow('cold', 'have some tea')),
      ],
      (name) => seen.push(name),
    )
    expect(results).toEqual([
      { name: 'one', level: 'green', text: 'well', advice: null },
      { name: 'two', level: 'yellow', text: 'tired', advice: 'see a doctor' },
      { name: 'three', level: 'red', text: 'ill', advice: 'go to bed' },
      { name: 'four', level: 'yellow', text: 'cold', advice: 'have some tea' },
    ])
    expect(seen).toEqual(['one', 'two', 'three', 'four'])
  })

  test('goes on after a look that failed, which is red', async () => {
    const words: unknown = 'no words'
    const results = await checkUp([
      check('one', () => Promise.reject(new Error('cannot look'))),
      check('two', () => Promise.reject(words)),
      check('three', async () => green('well')),
    ])
    expect(results.map(({ level, text }) => [level, text])).toEqual([
      ['red', 'cannot look'],
      ['red', 'no words'],
      ['green', 'well'],
    ])
  })
})
