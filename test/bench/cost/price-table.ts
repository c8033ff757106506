/** What AWS asks for one unit, in USD. */
export interface Price {
  /** As a bill would call it. */
  readonly name: string
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

/** Of which month the prices are: AWS's pages and price lists as they were then. */
export const pricesOf = '2026-09'

/** List prices of us-east-1 (N. Virginia): the first tier, without free tiers and savings plans. */
export const priceTable = {
  httpApiRequests: {
    name: 'HTTP API',
    usd: 1 / million,
    unit: 'requests',
    source: page('api-gateway'),
  },
  functionCalls: { name: 'Functions, calls', usd: 0.2 / million, unit: 'calls', source: lambda },
  /** On arm64. */
  functionGbSeconds: { name: 'Functions, time', usd: 0.0000133334, unit: 'GB-s', source: lambda },
  /** Start of an execution, end of a step, a wait. */
  durableOperations: {
    name: 'Durable operations',
    usd: 8 / million,
    unit: 'operations',
    source: lambda,
  },
  durableGbWritten: { name: 'Durable data, written', usd: 0.25, unit: 'GB', source: lambda },
  durableGbMonths: { name: 'Durable data, kept', usd: 0.15, unit: 'GB-month', source: lambda },
  queueRequests: { name: 'SQS', usd: 0.4 / million, unit: 'requests', source: page('sqs') },
  tableWrites: { name: 'Table, writes', usd: 0.625 / million, unit: 'units', source: dynamoDb },
  /** Of indexes: the same price, another line. */
  indexWrites: { name: 'Indexes, writes', usd: 0.625 / million, unit: 'units', source: dynamoDb },
  /** Of a table with provisioned capacity: a write a second, for an hour. */
  writeCapacityHours: {
    name: 'Table and indexes, provisioned writes',
    usd: 0.00065,
    unit: 'unit-hours',
    source: `${page('dynamodb')}provisioned/`,
  },
  tableReads: { name: 'Table, reads', usd: 0.125 / million, unit: 'units', source: dynamoDb },
  events: { name: 'EventBridge, events', usd: 1 / million, unit: 'events', source: eventBridge },
  pipeRequests: {
    name: 'EventBridge, pipes',
    usd: 0.4 / million,
    unit: 'requests',
    source: eventBridge,
  },
  schedules: {
    name: 'EventBridge Scheduler',
    usd: 1 / million,
    unit: 'calls',
    source: eventBridge,
  },
  logGb: { name: 'Logs', usd: 0.5, unit: 'GB', source: cloudWatch },
  alarmMonths: { name: 'Alarms', usd: 0.1, unit: 'alarms', source: cloudWatch },
  metricMonths: { name: 'Metrics', usd: 0.3, unit: 'metrics', source: cloudWatch },
  secretMonths: { name: 'Secrets', usd: 0.4, unit: 'secrets', source: page('secrets-manager') },
  secretReads: {
    name: 'Secrets, reads',
    usd: 5 / million,
    unit: 'calls',
    source: page('secrets-manager'),
  },
  keyMonths: { name: 'Key', usd: 1, unit: 'keys', source: page('kms') },
  stateTransitions: {
    name: 'State transitions',
    usd: 25 / million,
    unit: 'transitions',
    source: page('step-functions'),
  },
  /** A t4g.nano with Linux. */
  machineHours: { name: 'Machine', usd: 0.0042, unit: 'hours', source: ec2 },
  diskGbMonths: { name: 'Disk', usd: 0.08, unit: 'GB-month', source: page('ebs') },
  addressHours: { name: 'Address', usd: 0.005, unit: 'hours', source: page('vpc') },
  trafficOutGb: { name: 'Traffic to Toloka', usd: 0.09, unit: 'GB', source: ec2 },
} as const satisfies Readonly<Record<string, Price>>

export type Item = keyof typeof priceTable

/** How much is used of what has a price. */
export type Usage = Readonly<Partial<Record<Item, number>>>

export function itemsOf(usage: Usage): readonly Item[] {
  return Object.keys(priceTable)
    .filter(isItem)
    .filter((item) => (usage[item] ?? 0) !== 0)
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
