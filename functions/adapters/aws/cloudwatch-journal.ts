import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { countedAs, journal, measuredFields } from '../../application/journal.ts'
import type { Journal } from '../../application/ports.ts'

/** Where the metrics stand in CloudWatch; their one dimension is `service`. */
const namespace = 'TolokaPoolArchiver'

export interface CloudWatchJournal extends Journal {
  /** Writes what was counted and measured since the last time; to be called before a function ends. */
  readonly publish: () => void
}

/**
 * A journal of structured lines for CloudWatch Logs, and of metrics in the embedded format. Only
 * what `journal.ts` lists is counted: each name costs by the month.
 */
export function createCloudWatchJournal(service: string): CloudWatchJournal {
  const logger = new Logger({ serviceName: service, logLevel: 'INFO' })
  const metrics = new Metrics({ namespace, serviceName: service })
  return {
    write: (code, fields = {}) => {
      const { level, message } = journal[code]
      logger[level](message, { code, ...fields })
      const counted = countedAs[code]
      if (counted) metrics.addMetric(counted, 'Count', 1)
      for (const [name, unit] of Object.entries(measuredFields)) {
        const value = fields[name]
        if (typeof value === 'number') metrics.addMetric(name, unit, value)
      }
    },
    publish: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
    },
  }
}
