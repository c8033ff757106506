import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { countedAs, measuredFields } from '../../functions/application/journal.ts'
import { ofType, resourceOf, type Template } from './template.ts'

const metrics = [...Object.values(countedAs), ...Object.keys(measuredFields)]

const alarmSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  TreatMissingData: z.enum(['notBreaching', 'breaching', 'ignore']),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
})

const dashboardSchema = z.object({
  widgets: z.array(
    z.object({
      properties: z.looseObject({
        alarms: z.optional(z.array(z.string())),
        metrics: z.optional(z.array(z.array(z.unknown()))),
      }),
    }),
  ),
})

/** What calls people, and what they see then. */
export function describeAlarms(stage: string, template: () => Template): void {
  const alarms = () =>
    ofType(template(), 'AWS::CloudWatch::Alarm').map(
      ([id, { Properties }]) => [id, alarmSchema.parse(Properties)] as const,
    )
  const widgets = () => {
    const { Properties } = resourceOf(template(), 'Dashboard')
    const body = z.object({ DashboardBody: z.object({ 'Fn::Sub': z.string() }) }).parse(Properties)
    return dashboardSchema.parse(JSON.parse(body.DashboardBody['Fn::Sub'])).widgets
  }
  const service = `toloka-pool-archiver-${stage}`

  describe('alarms', () => {
    test('watch what is written, for the whole service', () => {
      const ours = alarms().filter(([, { Namespace }]) => Namespace === 'TolokaPoolArchiver')
      const others = alarms().filter(([, { Namespace }]) => Namespace !== 'TolokaPoolArchiver')

      expect([ours.length, others.length]).toEqual([11, 7])
      for (const [, { MetricName, Dimensions }] of ours) {
        expect(metrics).toContain(MetricName)
        expect(Dimensions).toEqual([{ Name: 'service', Value: service }])
      }
      for (const [, { Namespace, Dimensions }] of others) {
        expect(['AWS/SQS QueueName', 'AWS/Lambda FunctionName']).toContain(
          [Namespace, ...Dimensions.map(({ Name }) => Name)].join(' '),
        )
      }
    })

    test('tell people', () => {
      for (const [, { AlarmActions }] of alarms()) {
        expect(AlarmActions).toEqual([{ Ref: 'NotificationTopic' }])
      }
    })

    test('have a sentence, and an entry in the runbook', () => {
      const links = alarms().map(([id, { AlarmDescription }]) => {
        const [, link] =
          /^[A-Z].+\. Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription) ?? []
        return [id, link]
      })
      const entries = links.map(([, link]) => link)

      expect(links.filter(([, link]) => link === undefined)).toEqual([])
      expect(new Set(entries).size).toBe(entries.length)
      expect(readHeadings()).toEqual(expect.arrayContaining(entries))
    })

    test('are counted where their price is told, and so are the metrics', () => {
      const page = readFileSync(resolve('docs/deploy.md'), 'utf8')
      const [, alarmCount] = /^\| Alarms +\| +(\d+) \|/m.exec(page) ?? []
      const [, metricCount] = /^\| Metrics of its own.*?\| +(\d+) \|/m.exec(page) ?? []

      expect(Number(alarmCount)).toBe(alarms().length)
      expect(Number(metricCount)).toBe(new Set(metrics).size)
    })

    test('look back no further than CloudWatch can', () => {
      for (const [, { Period, EvaluationPeriods }] of alarms()) {
        const longest = Period < 3600 ? 86_400 : 604_800

        expect(Period % 60).toBe(0)
        expect(Period * EvaluationPeriods).toBeLessThanOrEqual(longest)
      }
    })

    test('of the sweep keep its rhythm', () => {
      const byId = Object.fromEntries(alarms())

      expect(byId['OverdueAlarm']).toMatchObject({ Threshold: 7200, Period: 3600 })
      expect(byId['RepairsAlarm']).toMatchObject({ Period: 3600, EvaluationPeriods: 2 })
      expect(byId['NoSweepAlarm']).toMatchObject({
        Period: 3600,
        EvaluationPeriods: 2,
        TreatMissingData: 'breaching',
      })
    })

    test('stand on the dashboard, all of them', () => {
      const shown = widgets().flatMap(({ properties }) => properties.alarms ?? [])

      expect(shown.toSorted()).toEqual(
        alarms()
          .map(([id]) => `\${${id}.Arn}`)
          .toSorted(),
      )
    })
  })

  test('the dashboard shows what is written, and nothing by pool', () => {
    const shown = widgets().flatMap(({ properties }) => properties.metrics ?? [])
    const [ours, others] = [true, false].map((isOurs) =>
      shown.filter(([namespace]) => (namespace === 'TolokaPoolArchiver') === isOurs),
    )

    expect(metrics).toEqual(expect.arrayContaining(ours?.map(([, metric]) => metric) ?? []))
    expect(new Set(ours?.map(([, , name, value]) => [name, value].join(' ')))).toEqual(
      new Set([`service ${service}`]),
    )
    expect(new Set(others?.map(([namespace, , name]) => [namespace, name].join(' ')))).toEqual(
      new Set(['AWS/SQS QueueName', 'AWS/Lambda FunctionName']),
    )
  })
}

/** Of the runbook, as links name them. */
function readHeadings(): string[] {
  const page = readFileSync(resolve('docs/runbook.md'), 'utf8')
  return [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}
