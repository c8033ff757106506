/** What AWS asks for one unit, in USD. */
export interface Price {
  readonly usd: number
  readonly unit: string
  /** The page of AWS that says so. */
  readonly source: string
}

const million = 1_000_000

const page = (name: string): string => `https://aws.amazon.com/${name}/pricing/`
const lambda = page('lambda')
const dynamoDb = `${page('dynamodb')}on-demand/`
const eventBridge = page('eventbridge')
const cloudWatch = page('cloudwatch')
const ec2 = `${page('ec2')}on-demand/`

/** When the prices were looked up. */
export const pricesOf = '2026-11-27'

/** List prices of us-east-1 (N. Virginia): the first tier, without free tiers and savings plans. */
export const priceTable = {
  httpApiRequests: { usd: 1 / million, unit: 'requests', source: page('api-gateway') },
  functionCalls: { usd: 0.2 / million, unit: 'calls', source: lambda },
  /** On arm64. */
  functionGbSeconds: { usd: 0.0000133334, unit: 'GB-s', source: lambda },
  /** Start of an execution, end of a step, a wait. */
  durableOperations: { usd: 8 / million, unit: 'operations', source: lambda },
  durableGbWritten: { usd: 0.25, unit: 'GB', source: lambda },
  durableGbMonths: { usd: 0.15, unit: 'GB-month', source: lambda },
  queueRequests: { usd: 0.4 / million, unit: 'requests', source: page('sqs') },
  tableWrites: { usd: 0.625 / million, unit: 'units', source: dynamoDb },
  /** Of indexes: the same price, another line. */
  indexWrites: { usd: 0.625 / million, unit: 'units', source: dynamoDb },
  tableReads: { usd: 0.125 / million, unit: 'units', source: dynamoDb },
  events: { usd: 1 / million, unit: 'events', source: eventBridge },
  schedules: { usd: 1 / million, unit: 'calls', source: eventBridge },
  logGb: { usd: 0.5, unit: 'GB', source: cloudWatch },
  alarmMonths: { usd: 0.1, unit: 'alarms', source: cloudWatch },
  metricMonths: { usd: 0.3, unit: 'metrics', source: cloudWatch },
  secretMonths: { usd: 0.4, unit: 'secrets', source: page('secrets-manager') },
  secretReads: { usd: 5 / million, unit: 'calls', source: page('secrets-manager') },
  keyMonths: { usd: 1, unit: 'keys', source: page('kms') },
  stateTransitions: { usd: 25 / million, unit: 'transitions', source: page('step-functions') },
  /** A t4g.nano with Linux. */
  machineHours: { usd: 0.0042, unit: 'hours', source: ec2 },
  diskGbMonths: { usd: 0.08, unit: 'GB-month', source: page('ebs') },
  addressHours: { usd: 0.005, unit: 'hours', source: page('vpc') },
  trafficOutGb: { usd: 0.09, unit: 'GB', source: ec2 },
} as const satisfies Readonly<Record<string, Price>>

export type Item = keyof typeof priceTable

/** How much is used of what has a price. */
export type Usage = Readonly<Partial<Record<Item, number>>>

export function itemsOf(usage: Usage): readonly Item[] {
  return Object.keys(priceTable)
    .filter(isItem)
    .filter((item) => (usage[item] ?? 0) > 0)
}

function isItem(name: string): name is Item {
  return Object.hasOwn(priceTable, name)
}

/** In USD. */
export function priceOf(usage: Usage): number {
  return itemsOf(usage).reduce((sum, item) => sum + (usage[item] ?? 0) * priceTable[item].usd, 0)
}

/** Several usages together, one of them perhaps many times. */
export function together(...usages: readonly (Usage | readonly [number, Usage])[]): Usage {
  const sum: Partial<Record<Item, number>> = {}
  for (const part of usages) {
    const [times, usage] = isTimes(part) ? part : ([1, part] as const)
    for (const item of itemsOf(usage)) sum[item] = (sum[item] ?? 0) + times * (usage[item] ?? 0)
  }
  return sum
}

function isTimes(part: Usage | readonly [number, Usage]): part is readonly [number, Usage] {
  return Array.isArray(part)
}
