import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openPageBox } from '../page/page-box.ts'
import { findBarriers } from './accessibility.ts'
import { keepPicture, openBrowser } from './browser.ts'
import { openDemoPools, type DemoPools } from './demo-pools.ts'

let browser: Browser
let pools: DemoPools

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  pools = await openDemoPools()
})
afterEach(() => pools.world.close())

/** How often the key is struck until something has the focus; it has to be reached within 60. */
async function strikeUntil(page: Page, key: string, id: string): Promise<void> {
  for (let strokes = 0; strokes < 60; strokes += 1) {
    await page.keyboard.press(key)
    if ((await page.evaluate('document.activeElement.id')) === id) return
  }
  throw new Error(`${id} cannot be reached by ${key}.`)
}

describe.each([
  ['with', true],
  ['without', false],
])('%s JavaScript', (_, javaScriptEnabled) => {
  let context: BrowserContext
  let page: Page

  beforeEach(async () => {
    context = await browser.newContext({ javaScriptEnabled })
    page = await context.newPage()
  })
  afterEach(() => context.close())

  test('a pool is found, held with a reason and an end, and released', async () => {
    const poolId = pools.idOf('rejections')
    await page.goto(pools.world.url)
    await page.getByRole('link', { name: 'Moon craters' }).click()
    await page.getByRole('link', { name: 'Hold…' }).click()
    await page.getByLabel('Reason').fill('Audit by finance')
    await page.getByLabel('Until').fill('2026-02-01T12:00')
    await page.getByRole('button', { name: 'Hold the pool' }).click()

    await page.getByText('The pool is held.').waitFor()
    expect(await page.getByText('Audit by finance').count()).toBeGreaterThan(0)
    await keepPicture(page, `held-${javaScriptEnabled ? 'with' : 'without'}-script`)
    const { archiver } = pools.world
    expect((await archiver.store.get(poolId))?.hold).toMatchObject({
      by: 'status page',
      reason: 'Audit by finance',
      until: Date.UTC(2026, 1, 1, 12),
    })

    await page.getByRole('link', { name: 'Release…' }).click()
    await page.getByRole('button', { name: 'Release the pool' }).click()
    await page.getByText('The hold is gone.').waitFor()
    expect((await archiver.store.get(poolId))?.hold).toBeNull()
  })

  test('a hold that makes no sense is asked for again, and nothing is lost', async () => {
    await page.goto(`${pools.world.url}/pools/${pools.idOf('rejections')}/hold`)
    await page.getByLabel('Reason').fill('Audit by finance')
    await page.getByLabel('Until').fill('2020-02-01T12:00')
    await page.getByRole('button', { name: 'Hold the pool' }).click()

    await page.getByRole('alert').getByText('The hold would have ended already.').waitFor()
    expect(await page.getByLabel('Reason').inputValue()).toBe('Audit by finance')
  })

  test('a question can be answered by no', async () => {
    await page.goto(`${pools.world.url}/pause`)
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('heading', { name: 'Pools', exact: true }).waitFor()
    expect((await pools.world.archiver.readStatus()).paused).toBeNull()
  })

  test('all is paused, says so, and resumed', async () => {
    await page.goto(pools.world.url)
    await page.getByRole('link', { name: 'Pause…' }).click()
    await page.getByRole('button', { name: 'Pause archiving' }).click()
    await page.getByText('Paused by an operator: nothing is archived.').waitFor()
    if (javaScriptEnabled) await keepPicture(page, 'paused')
    // The tool that looks for barriers is a script.
    expect(javaScriptEnabled ? await findBarriers(page) : []).toEqual([])

    await page.getByRole('link', { name: 'Resume…' }).click()
    await page.getByRole('button', { name: 'Resume archiving' }).click()
    await page.getByText('Archiving', { exact: true }).waitFor()
    expect((await pools.world.archiver.readStatus()).paused).toBeNull()
  })

  test('the pools are listed with their lives', async () => {
    await page.goto(pools.world.url)

    expect(
      await page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading') })
        .count(),
    ).toBe(15)
    const life = /^Closed 2026-01-05 10:10, appeals until 2026-01-14 10:00, planned for 2026-01-14/
    expect(await page.getByRole('img', { name: life }).count()).toBeGreaterThan(1)
  })
})

test('The list is filtered and a pool opened by the keyboard alone', async () => {
  const page = await browser.newPage()
  await page.goto(pools.world.url)
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content')
  await page.keyboard.press('Enter')
  await strikeUntil(page, 'Tab', 'state-held')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/?state=held')
  expect(await page.locator('[aria-current=page]').textContent()).toBe('held')

  await strikeUntil(page, 'Tab', 'reason')
  await page.keyboard.type('keep')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/?state=held&reason=keep-marker')
  const names = page.locator('.row h2')
  expect(await names.allTextContents()).toEqual([expect.stringContaining('Reference set')])

  await strikeUntil(page, 'Tab', `pool-${pools.idOf('kept')}`)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Reference set' }).waitFor()
  await page.close()
})

test('A password is asked for, and its user is in the records', async () => {
  const password = 'a-password-of-these-tests'
  const { url, box, close } = await openPageBox({ password })
  const stranger = await browser.newContext({
    httpCredentials: { username: 'anna', password: 'guess' },
  })
  const answer = await (await stranger.newPage()).goto(url)
  expect(answer?.status()).toBe(401)

  const context = await browser.newContext({ httpCredentials: { username: 'anna', password } })
  const page = await context.newPage()
  await page.goto(`${url}/pause`)
  await page.getByRole('button', { name: 'Pause archiving' }).click()
  await page.getByText('status page (anna)').waitFor()
  expect((await box.archiver.readStatus()).paused?.by).toBe('status page (anna)')
  await Promise.all([stranger.close(), context.close()])
  await close()
})
