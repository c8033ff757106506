import { html } from 'hono/html'
import type { Instant } from '../domain/instant.ts'
import { describeLifeLine, type LifeLine } from './life-line.ts'
import type { Html } from './html.ts'
import { isOn, placeOn, ticksOf, type TimeAxis } from './time-axis.ts'

/** Days, and where now is; the words are for the eye alone. */
export function axisHeader(axis: TimeAxis): Html {
  const dates = ticksOf(axis).map(
    ({ at, label }) =>
      html`<text x="${placeOn(axis, at)}%" y="34" text-anchor="${anchorAt(axis, at)}"
        >${label}</text
      >`,
  )
  const now = placeOn(axis, axis.now)
  return html`<svg class="axis" width="100%" height="40" aria-hidden="true">
    ${dates}
    <text class="now-label" x="${now}%" y="14" text-anchor="middle">now</text>
    ${upright(now, 'now', 18, 24)}
  </svg>`
}

/** The life of one pool: closed, the time of appeals, archived or planned. */
export function timeline(line: LifeLine, axis: TimeAxis): Html {
  const { closedAt, appeals, archivedAt, nextAt, isPlanned } = line
  const end = archivedAt ?? (isPlanned ? nextAt : axis.now)
  return html`<svg class="timeline" width="100%" height="28" role="img">
    <title>${describeLifeLine(line)}</title>
    ${ticksOf(axis).map(({ at }) => upright(placeOn(axis, at), 'tick'))}
    ${closedAt === null || end === null ? '' : bar(axis, closedAt, end, 'span', 4)}
    ${appeals === null ? '' : bar(axis, appeals.from, appeals.until, 'appeals', 10)}
    ${upright(placeOn(axis, axis.now), 'now')} ${mark(axis, closedAt, 'closed', circle)}
    ${mark(axis, nextAt, isPlanned ? 'planned' : 'look', diamond)}
    ${mark(axis, archivedAt, 'done', square)}
  </svg>`
}

/** What the marks mean. */
export function legend(): Html {
  return html`<ul class="legend" aria-hidden="true">
    <li>${sample('closed', circle)} closed</li>
    <li>
      <svg width="24" height="14"><rect class="appeals" y="2" width="24" height="10" rx="3" /></svg>
      appeals possible
    </li>
    <li>${sample('planned', diamond)} planned</li>
    <li>${sample('look', diamond)} next look</li>
    <li>${sample('done', square)} archived</li>
  </ul>`
}

const circle = html`<circle r="5" />`
const diamond = html`<path d="M0 -7 L7 0 L0 7 L-7 0 Z" />`
const square = html`<path d="M-6 -6 H6 V6 H-6 Z" /><path class="tick-mark" d="M-3 0 L-1 3 L3 -3" />`

function sample(look: string, shape: Html): Html {
  return html`<svg width="16" height="16">
    <svg class="${look}" x="8" y="8" overflow="visible">${shape}</svg>
  </svg>`
}

function mark(axis: TimeAxis, instant: Instant | null, look: string, shape: Html): Html | string {
  if (instant === null || !isOn(axis, instant)) return ''
  const x = placeOn(axis, instant)
  return html`<svg class="${look}" x="${x}%" y="14" overflow="visible">${shape}</svg>`
}

function bar(axis: TimeAxis, from: Instant, to: Instant, look: string, height: number): Html {
  const x = placeOn(axis, from)
  const width = Math.max(placeOn(axis, to) - x, 0).toFixed(2)
  return html`<rect
    class="${look}"
    x="${x}%"
    y="${14 - height / 2}"
    width="${width}%"
    height="${height}"
    rx="2"
  />`
}

/** Without heights it goes through the whole row, and on to the next. */
function upright(x: number, look: string, top = -200, bottom = 200): Html {
  return html`<line class="${look}" x1="${x}%" x2="${x}%" y1="${top}" y2="${bottom}" />`
}

/** So that no date sticks out. */
function anchorAt(axis: TimeAxis, instant: Instant): string {
  const x = placeOn(axis, instant)
  if (x < 5) return 'start'
  return x > 95 ? 'end' : 'middle'
}
