import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { plantedInApplication } from './planted-in-application.ts'
import { plantedInDomain } from './planted-in-domain.ts'

const all = [...plantedInDomain, ...plantedInApplication]

test('There are many planted bugs, each with a name of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(30)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
})

test.each(all)('“$name” can still be planted: its code stands once in $file', (bug) => {
  expect(readFileSync(bug.file, 'utf8').split(bug.code)).toHaveLength(2)
  expect(bug.instead).not.toBe(bug.code)
})
