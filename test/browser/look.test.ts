import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { excessWidth, findBarriers } from './accessibility.ts'
import { keepPicture, narrow, openBrowser, wide } from './browser.ts'
import { openDemoPools, type DemoPools } from './demo-pools.ts'

let browser: Browser
let pools: DemoPools

beforeAll(async () => {
  browser = await openBrowser()
  pools = await openDemoPools()
  const held = { by: 'status page', reason: 'Audit', until: pools.world.now + 1_000 }
  await pools.world.archiver.hold(pools.idOf('appeal'), held)
  await pools.world.runUntil(pools.world.now + 60_000)
})
afterAll(async () => {
  await browser.close()
  await pools.world.close()
})

const looks = [
  ['light', 'wide', wide],
  ['dark', 'wide', wide],
  ['light', 'narrow', narrow],
  ['dark', 'narrow', narrow],
] as const

describe.each(looks)('In %s and %s, for everybody,', (colorScheme, size, viewport) => {
  test.each([
    ['overview', () => '/'],
    ['overview-of-nothing', () => '/?state=submitting'],
    ['pool-that-waits', () => `/pools/${pools.idOf('rejections')}`],
    ['pool-that-is-archived', () => `/pools/${pools.idOf('clean-close')}`],
    ['pool-with-an-expired-hold', () => `/pools/${pools.idOf('appeal')}`],
    ['explanation', () => `/pools/${pools.idOf('rejections')}/explain`],
    ['explanation-without-toloka', () => '/pools/99999/explain'],
    ['hold', () => `/pools/${pools.idOf('rejections')}/hold`],
    ['archive-now', () => `/pools/${pools.idOf('rejections')}/archive-now`],
    ['pause', () => '/pause'],
    ['unknown-pool', () => '/pools/17'],
  ])('%s', async (name, path) => {
    const complaints: string[] = []
    const page = await browser.newPage({ colorScheme, viewport })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      // That a page has a status of 4xx or 5xx is what some of these are about.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
        complaints.push(message.text())
      }
    })
    await page.goto(pools.world.url + path())

    await keepPicture(page, `${name}-${colorScheme}-${size}`)
    expect(await findBarriers(page)).toEqual([])
    expect(await excessWidth(page)).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })
})
