/** How many of a thousand cases each target gets: what is slow gets few. */
export const shares = {
  'deliveries to the use case': 380,
  'deliveries to the local application': 110,
  'requests to the local application': 100,
  'deliveries over a socket': 6,
  'bytes over a socket': 6,
  'deliveries to the function': 6,
  'answers to each request to Toloka': 60,
  'answers over a socket': 10,
  'answers within a handling': 50,
  messages: 120,
  'messages to the function': 1,
  'data files': 15,
  environments: 60,
  'settings of the functions': 30,
  arguments: 46,
} as const

export type Target = keyof typeof shares

export function isTarget(name: string): name is Target {
  return Object.hasOwn(shares, name)
}

/** Rounded up, so that all targets together have at least so many cases. */
export function casesOf(target: Target, cases: number): number {
  return Math.ceil((shares[target] * cases) / 1_000)
}
