import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { icon } from './icon.ts'
import { refreshScript } from './refresh-script.ts'
import { stylesheet } from './stylesheet.ts'

interface Asset {
  readonly type: string
  readonly text: string
}

const assets = {
  'style.css': { type: 'text/css', text: stylesheet },
  'refresh.js': { type: 'text/javascript', text: refreshScript },
  'icon.svg': { type: 'image/svg+xml', text: icon },
} as const satisfies Record<string, Asset>

/** Where a page finds its style, its script and its icon; another content is another address. */
export function assetRoutes(): Hono {
  const routes = new Hono()
  for (const [name, { type, text }] of Object.entries(assets)) {
    routes.get(`/${name}`, (context) => {
      context.header('Content-Type', `${type}; charset=utf-8`)
      context.header('Cache-Control', 'private, max-age=86400')
      return context.body(text)
    })
  }
  return routes
}

export function assetAddress(name: keyof typeof assets): string {
  return `/assets/${name}?${createHash('sha256').update(assets[name].text).digest('hex').slice(0, 12)}`
}
