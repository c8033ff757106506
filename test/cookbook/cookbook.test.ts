import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { writeCookbook } from './cookbook.ts'
import { recipes } from './recipes.ts'

test('The cookbook tells the truth; if it should tell another one: npm run cookbook', async () => {
  expect(recipes.length).toBeGreaterThanOrEqual(10)
  expect(await writeCookbook()).toBe(readFileSync('docs/cookbook.md', 'utf8'))
})
