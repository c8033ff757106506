import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool } from '../local/box.ts'
import { openPageBox, type PageBox } from '../page/page-box.ts'
import { keepPicture, openBrowser, reboundName } from './browser.ts'

const evil = `</title></script><script>document.title = 'taken'</script><img src=x onerror="document.title='taken'">`

describe('In a real browser', () => {
  let browser: Browser
  let pages: PageBox
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    pages = await openPageBox()
    page = await browser.newPage()
  })
  afterEach(async () => {
    await page.close()
    await pages.close()
  })

  const isPaused = async (): Promise<boolean> =>
    (await pages.box.archiver.readStatus()).paused !== null

  test('texts from Toloka and from operators stay texts', async () => {
    const { archiver, model, clock } = pages.box
    const poolId = addFinishedPool(model, evil)
    await archiver.hold(poolId, { by: evil, reason: evil, until: 'for-ever' })
    await workOff(archiver)
    clock.at += 60_000

    for (const path of ['/', `/pools/${poolId}`, `/pools/${poolId}/explain`]) {
      await page.goto(pages.url + path)
      expect(await page.getByText(evil).count()).toBeGreaterThan(0)
      expect(await page.locator('img').count()).toBe(0)
      expect(await page.title()).not.toBe('taken')
    }
    await keepPicture(page, 'hostile-names')
  })

  test('even markup that got in would run nothing', async () => {
    await page.goto(pages.url)
    const refused = page.waitForEvent('console', (message) => message.text().includes('violates'))
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
      '<img src=data:, onerror="document.title = 1"><a id=x href="javascript:document.title=1">x</a>')
      document.getElementById('x').click()`)
    await refused
    expect(await page.title()).toContain('Toloka pool archiver')
  })

  test('another site cannot send a form, read a page, or show it in a frame', async () => {
    const other = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(`<iframe src="${pages.url}/"></iframe>
        <form method="post" action="${pages.url}/pause"><button>Win a prize</button></form>`)
    }).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    // Another site than 127.0.0.1, to a browser.
    const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`
    const framed = page.waitForResponse(`${pages.url}/`)
    await page.goto(url)
    expect((await framed).status()).toBe(403)
    const read = await page.evaluate(`fetch('${pages.url}/').then(() => 'read', () => 'refused')`)
    expect(read).toBe('refused')

    const posted = page.waitForResponse(`${pages.url}/pause`)
    await page.getByRole('button').click()
    expect((await posted).status()).toBe(403)
    expect(await isPaused()).toBe(false)
    other.close()
  })

  test('a name that is pointed at this machine shows nothing (DNS rebinding)', async () => {
    const { port } = new URL(pages.url)
    const answer = await page.goto(`http://${reboundName}:${port}/`)
    expect(answer?.status()).toBe(421)
    expect(await page.content()).not.toContain('Pools')
  })
})
