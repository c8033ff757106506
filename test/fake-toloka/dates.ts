import type { Personality } from './personality.ts'

const datePattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?)?$/

/**
 * An instant as Toloka writes it: UTC without a zone, with as many fractional digits as the
 * personality likes. Digits that are not shown are cut off, never rounded up.
 * @param at ms since the epoch
 */
export function formatDate(
  at: number,
  style: Pick<Personality, 'dateFractionDigits' | 'dateZone'>,
): string {
  const iso = new Date(at).toISOString()
  const digits = `${iso.slice(20, 23)}000`.slice(0, style.dateFractionDigits)
  return iso.slice(0, 19) + (digits === '' ? '' : `.${digits}`) + style.dateZone
}

/** The instant that `formatDate` writes: what it does not show is gone. */
export function cutDate(at: number, style: Pick<Personality, 'dateFractionDigits'>): number {
  const grainMs = 10 ** Math.max(0, 3 - style.dateFractionDigits)
  return Math.floor(at / grainMs) * grainMs
}

/** A date of a query as ms since the epoch, or null if Toloka would not take it. A zone is refused. */
export function parseDate(text: string): number | null {
  const match = datePattern.exec(text)
  if (match === null) return null
  const [, day = '', time = '00:00:00', fraction = ''] = match
  const at = Date.parse(`${day}T${time}.${`${fraction}000`.slice(0, 3)}Z`)
  return Number.isNaN(at) ? null : at
}
