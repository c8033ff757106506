import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { start } from '../../functions/local/start.ts'
import { openBox, type Box } from './box.ts'

/** The program in this process, which says on its outputs what it would say on a terminal. */
describe('Starting', () => {
  let box: Box
  let said: string
  let complaints: string

  beforeEach(async () => {
    box = await openBox()
    said = ''
    complaints = ''
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text)
      if (said.includes('SWEEP_FINISHED')) process.emit('SIGTERM')
      return true
    })
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      complaints += String(text)
      return true
    })
    Object.assign(process.env, {
      TOLOKA_URL: box.fake.url,
      TOLOKA_TOKEN: box.model.token,
      PORT: '0',
      DATA_FILE: `${box.config.dataFile}-2`,
    })
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    await box.close()
  })

  test('ends in peace by a signal', async () => {
    expect(await start()).toBe(0)
    expect(complaints).toBe('')
    const codes = [...said.matchAll(/^\S+ \w+ +([A-Z_]+) /gm)].map(([, code]) => code)
    expect(codes).toEqual([
      'STARTED',
      'OBSERVING',
      'WEBHOOK_OFF',
      'ACCOUNT_BOUND',
      'SWEEP_STARTED',
      'SWEEP_FINISHED',
      'STOPPING',
      'STOPPED',
    ])
    expect(said).not.toContain(box.model.token)
    expect(process.listenerCount('SIGINT')).toBe(0)
  })

  test('is refused with arguments, which might mean to be settings', async () => {
    expect(await start(['--archive-mode=observe'])).toBe(2)
    expect(complaints).toMatch(/^Usage: npm start\n/)
    expect(said).toBe('')
  })

  test('is refused with settings that do not fit', async () => {
    process.env['PORT'] = 'x'
    expect(await start()).toBe(2)
    expect(complaints).toContain('PORT = "x" does not fit')
  })

  test('is refused with a file of something else', async () => {
    writeFileSync(`${box.config.dataFile}-2`, 'Dear Anna')
    expect(await start()).toBe(1)
    expect(complaints).toMatch(/^Data file .* is not a data file of the archiver.*\n$/)
  })

  test('is refused at an address that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    process.env['PORT'] = String(typeof address === 'object' ? address?.port : '')
    expect(await start()).toBe(1)
    expect(complaints).toMatch(/^Cannot listen on 127\.0\.0\.1:\d+ /)
    expect(said).toBe('')
    other.close()
  })

  test('shows everything there is about a defect', async () => {
    jest.spyOn(process.stdout, 'write').mockImplementation(() => {
      throw new TypeError('A defect.')
    })
    expect(await start()).toBe(1)
    expect(complaints).toMatch(/^TypeError: A defect\.\n +at .*start-here\.test\.ts/)
  })
})
