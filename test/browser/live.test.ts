import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { dayMs } from '../../functions/domain/instant.ts'
import { narrow, openBrowser } from './browser.ts'
import { openDemoPools, type DemoPools } from './demo-pools.ts'

const intervalMs = 5_000

describe('A page that is looked at', () => {
  let browser: Browser
  let pools: DemoPools
  let page: Page
  let loads: number

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    pools = await openDemoPools()
    loads = 0
    page = await browser.newPage({ viewport: narrow })
    await page.clock.install()
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch') loads += 1
    })
  })
  afterEach(async () => {
    await page.close()
    await pools.world.close()
  })

  const nextLoad = async (): Promise<void> => {
    const answered = page.waitForEvent('requestfinished')
    await page.clock.runFor(intervalMs)
    await answered
  }
  /** As the browser says it when another tab comes before this one. */
  const hide = (isHidden: boolean): Promise<unknown> =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))`)

  test('shows what has changed, and keeps focus and scroll', async () => {
    const id = `pool-${pools.idOf('rejections')}`
    await page.goto(pools.world.url)
    const row = page.getByRole('listitem').filter({ has: page.locator(`#${id}`) })
    await page.locator(`#${id}`).focus()
    await page.evaluate('scrollTo(0, 300)')
    await row.getByText('waiting', { exact: true }).waitFor()
    await pools.world.runUntil(pools.world.now + 5 * dayMs)
    await nextLoad()

    await row.getByText('archived', { exact: true }).waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe(id)
    expect(await page.evaluate('scrollY')).toBe(300)
  })

  test('shows a hold that somebody else has set', async () => {
    const poolId = pools.idOf('rejections')
    await page.goto(`${pools.world.url}/pools/${poolId}`)
    const hold = { by: 'anna', reason: 'Audit by finance', until: 'for-ever' } as const
    await pools.world.archiver.hold(poolId, hold)
    await nextLoad()

    await page.getByRole('link', { name: 'Release…' }).waitFor()
    const why = page.getByText('An operator holds the pool.').first()
    await why.waitFor()
    expect(await why.isVisible()).toBe(true)
  })

  test('leaves a choice alone that is being made', async () => {
    await page.goto(pools.world.url)
    await page.getByLabel('Reason').selectOption('keep-marker')
    await pools.world.archiver.pause('anna')
    await nextLoad()

    await page.getByText('Paused by an operator').waitFor()
    expect(await page.getByLabel('Reason').inputValue()).toBe('keep-marker')
  })

  test('rests while it is hidden, and looks at once when it is not', async () => {
    await page.goto(pools.world.url)
    await hide(true)
    await page.clock.runFor(20 * intervalMs)
    expect(loads).toBe(0)

    await pools.world.archiver.pause('anna')
    await hide(false)
    await page.getByText('Paused by an operator').waitFor()
    expect(loads).toBe(1)
    await nextLoad()
    expect(loads).toBe(2)
  })

  test('rests while a text is selected', async () => {
    await page.goto(pools.world.url)
    await page.evaluate(`getSelection().selectAllChildren(document.querySelector('h1'))`)
    await page.clock.runFor(3 * intervalMs)
    expect(loads).toBe(0)
  })

  test('says when the archiver does not answer, and when it does again', async () => {
    await page.goto(pools.world.url)
    await page.route('**/*', (route) => route.abort())
    await page.clock.runFor(intervalMs)
    await page.getByRole('alert').getByText('The archiver does not answer.').waitFor()

    await page.unroute('**/*')
    await nextLoad()
    const alert = page.getByRole('alert').getByText('The archiver does not answer.')
    await alert.waitFor({ state: 'hidden' })
    expect(await alert.isVisible()).toBe(false)
  })
})
