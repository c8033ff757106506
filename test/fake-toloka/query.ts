import { parseDate } from './dates.ts'
import type { Personality } from './personality.ts'
import { invalid } from './refusal.ts'

type Comparison = (a: string, b: string) => number

/** What one list of the API can be asked for. */
export interface ListRules<T> {
  readonly equals: Readonly<Record<string, (item: T, wanted: string) => boolean>>
  /** Values that a parameter of `equals` may have; each part of a comma list is checked. */
  readonly allowed: Readonly<Record<string, readonly string[]>>
  /** Parameters of `equals` that take comma lists. */
  readonly lists: readonly string[]
  readonly idOf: (item: T) => string
  readonly compareIds: Comparison
  readonly dates: Readonly<Record<string, (item: T) => number | null>>
  readonly sorts: readonly string[]
}

interface SortKey {
  readonly field: string
  readonly descending: boolean
}

/** A checked question to a list. */
export interface ListQuery<T> {
  readonly matches: (item: T) => boolean
  readonly matchesId: (id: string) => boolean
  readonly compare: (a: T, b: T) => number
  readonly sort: readonly SortKey[]
  readonly limit: number
}

export interface ListAnswer<T> {
  readonly items: readonly T[]
  readonly has_more: boolean
}

const maxLimit = 300
const ends: Readonly<Record<string, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
}

/** Orders ids made of digits by their numeric value, others as text. */
export function compareNumeric(a: string, b: string): number {
  const isNumeric = /^\d+$/.test(a) && /^\d+$/.test(b)
  return isNumeric && a.length !== b.length ? a.length - b.length : compareText(a, b)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Checks every parameter; one that Toloka does not document is refused like a wrong value. */
export function parseListQuery<T>(
  query: URLSearchParams,
  rules: ListRules<T>,
  personality: Personality,
): ListQuery<T> {
  const filters: ((item: T) => boolean)[] = []
  const idFilters: ((id: string) => boolean)[] = []
  for (const [name, value] of query) {
    if (name === 'limit' || name === 'sort') continue
    const range = /^(.+)_(gte|gt|lte|lt)$/.exec(name)
    if (Object.hasOwn(rules.equals, name)) filters.push(parseEqual(name, value, rules))
    else if (range?.[1] === 'id') idFilters.push(parseIdRange(range[2], value, rules))
    else if (range !== null) filters.push(parseDateRange(name, range[1], range[2], value, rules))
    else throw invalid(name, 'VALUE_NOT_ALLOWED', `Unknown parameter ${name}`)
  }
  const sort = parseSort(query.get('sort'), rules)
  return {
    matches: (item) => filters.every((filter) => filter(item)),
    matchesId: (id) => idFilters.every((filter) => filter(id)),
    compare: comparator(sort, rules),
    sort,
    limit: parseLimit(query.get('limit'), personality),
  }
}

function parseEqual<T>(name: string, value: string, rules: ListRules<T>): (item: T) => boolean {
  const equals = rules.equals[name]
  const wanted = rules.lists.includes(name) ? value.split(',') : [value]
  const allowed = rules.allowed[name]
  const wrong = wanted.find((one) => one === '' || allowed?.includes(one) === false)
  if (wrong !== undefined || equals === undefined) {
    throw invalid(name, 'UNKNOWN_ENUM_VALUE', `Unexpected value ${value}`)
  }
  return (item) => wanted.some((one) => equals(item, one))
}

function parseIdRange<T>(
  end: string | undefined,
  value: string,
  rules: ListRules<T>,
): (id: string) => boolean {
  const isWithin = ends[end ?? '']
  if (value === '' || isWithin === undefined) {
    throw invalid(`id_${end}`, 'VALUE_REQUIRED', 'Id expected')
  }
  return (id) => isWithin(rules.compareIds(id, value))
}

function parseDateRange<T>(
  name: string,
  field: string | undefined,
  end: string | undefined,
  value: string,
  rules: ListRules<T>,
): (item: T) => boolean {
  const dateOf = Object.hasOwn(rules.dates, field ?? '') ? rules.dates[field ?? ''] : undefined
  const isWithin = ends[end ?? '']
  if (dateOf === undefined || isWithin === undefined) {
    throw invalid(name, 'VALUE_NOT_ALLOWED', `Unknown parameter ${name}`)
  }
  const bound = parseDate(value)
  if (bound === null) throw invalid(name, 'INVALID_DATE_TIME_SYNTAX', `Not a date: ${value}`)
  return (item) => {
    const at = dateOf(item)
    return at !== null && isWithin(at - bound)
  }
}

function parseSort<T>(text: string | null, rules: ListRules<T>): readonly SortKey[] {
  if (text === null) return [{ field: 'id', descending: false }]
  return text.split(',').map((key) => {
    const descending = key.startsWith('-')
    const field = descending ? key.slice(1) : key
    if (!rules.sorts.includes(field)) {
      throw invalid('sort', 'VALUE_NOT_ALLOWED', `Cannot sort by ${key}`)
    }
    return { field, descending }
  })
}

function parseLimit(text: string | null, personality: Personality): number {
  if (text === null) return personality.defaultLimit
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(limit)) throw invalid('limit', 'INTEGER_EXPECTED', `Not a number: ${text}`)
  if (limit < 1) throw invalid('limit', 'VALUE_LESS_THAN_MIN', 'Limit must be 1 or more')
  if (limit > maxLimit) {
    throw invalid('limit', 'VALUE_GREATER_THAN_MAX', `Limit must be ${maxLimit} or less`)
  }
  return limit
}

function comparator<T>(sort: readonly SortKey[], rules: ListRules<T>): (a: T, b: T) => number {
  const byId = (a: T, b: T): number => rules.compareIds(rules.idOf(a), rules.idOf(b))
  const keys = sort.map(({ field, descending }) => {
    const sign = descending ? -1 : 1
    const dateOf = rules.dates[field]
    return dateOf === undefined
      ? (a: T, b: T) => sign * byId(a, b)
      : (a: T, b: T) => compareDates(dateOf(a), dateOf(b), sign)
  })
  return (a, b) => {
    for (const key of keys) {
      const order = key(a, b)
      if (order !== 0) return order
    }
    return byId(a, b)
  }
}

/** Items without the date come last whichever way the rest is sorted. */
function compareDates(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return sign * (a - b)
}

/** The first page of what matches, sorted. */
export function selectPage<T>(
  items: Iterable<T>,
  idOf: (item: T) => string,
  query: ListQuery<T>,
  personality: Personality,
): ListAnswer<T> {
  const found: T[] = []
  for (const item of items) {
    if (query.matchesId(idOf(item)) && query.matches(item)) found.push(item)
  }
  found.sort(query.compare)
  const page = found.slice(0, query.limit)
  const more =
    personality.hasMore === 'exact' ? found.length > query.limit : page.length === query.limit
  return { items: page, has_more: more }
}
