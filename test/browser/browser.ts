import { mkdirSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'

/** Debian's; another one may be named. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const pictures = 'build/screenshots'

/** A name that leads to this machine, as after DNS rebinding. */
export const reboundName = 'rebound.example'

export const wide = { width: 1280, height: 900 } as const
export const narrow = { width: 360, height: 740 } as const

/** A real browser without a window, which asks for nothing but what it is told to open. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${reboundName} 127.0.0.1`,
    ],
  })
}

/** Keeps a picture of the whole page, for whoever looks at a change. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
