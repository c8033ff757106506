import { describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { sweepSettings, wakeUpSettings } from '../../functions/runtime/aws-settings.ts'
import { webhookSettings } from '../../functions/runtime/webhook-settings.ts'
import { functionNamesOf } from '../../functions/runtime/stage-settings.ts'
import { slackArn, tokenArn } from './package-stack.ts'
import { ofType, resourceOf, shorten, type Template } from './template.ts'

const environments = {
  WebhookLambdaFunction: Object.keys(webhookSettings.shape),
  WakeDashupLambdaFunction: Object.keys(wakeUpSettings.shape),
  SweepLambdaFunction: Object.keys(sweepSettings.shape),
}

const functionSchema = z.object({
  FunctionName: z.string(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
})

/** What each function is given. */
export function describeFunctions(stage: string, template: () => Template): void {
  const functions = () =>
    ofType(template(), 'AWS::Lambda::Function').map(
      ([id, { Properties }]) => [id, functionSchema.parse(Properties)] as const,
    )

  describe('functions', () => {
    test('are found by the command line under their names', () => {
      const { webhook, wakeUp, sweep } = functionNamesOf(stage)

      expect(functions().map(([, { FunctionName }]) => FunctionName)).toEqual([
        webhook,
        wakeUp,
        sweep,
      ])
    })

    test('are told exactly what they read', () => {
      const told = functions().map(([id, { Environment }]) => [
        id,
        Object.keys(Environment.Variables).toSorted(),
      ])

      expect(Object.fromEntries(told)).toEqual(
        Object.fromEntries(
          Object.entries(environments).map(([id, names]) => [id, names.toSorted()]),
        ),
      )
    })

    test('are told nothing where their own default is meant', () => {
      for (const [, { Environment }] of functions()) {
        const { ARCHIVE_MODE = '', WEBHOOK_TOLERANCE = '', SERVICE_NAME } = Environment.Variables

        expect([ARCHIVE_MODE, WEBHOOK_TOLERANCE]).toEqual(['', ''])
        expect(SERVICE_NAME).toBe(`toloka-pool-archiver-${stage}`)
      }
    })

    test('are told where secrets are kept, and no secret', () => {
      const told = functions().map(([id, { Environment }]) => [
        id,
        Environment.Variables['TOLOKA_TOKEN'],
        Environment.Variables['TOLOKA_WEBHOOK_SECRET'],
        Environment.Variables['SLACK_WEBHOOK_URL'],
      ])
      // The stage `prod` of these tests has a Slack.
      const slack = stage === 'prod' ? slackArn : ''

      expect(told).toEqual([
        ['WebhookLambdaFunction', undefined, { Ref: 'WebhookSecret' }, undefined],
        ['WakeDashupLambdaFunction', tokenArn, undefined, slack],
        ['SweepLambdaFunction', tokenArn, { Ref: 'WebhookSecret' }, slack],
      ])
    })

    test('make subscriptions only if they are told where webhooks go', () => {
      const [, sweep] = functions().find(([id]) => id === 'SweepLambdaFunction') ?? []
      const own = z.object({ WebhookUrl: z.object({ Value: z.unknown() }) })

      // `prod` is packaged with the word for its own address.
      expect(sweep?.Environment.Variables['WEBHOOK_URL']).toEqual(
        stage === 'prod' ? own.parse(template().Outputs).WebhookUrl.Value : '',
      )
      expect(JSON.stringify(template().Outputs['WebhookUrl'])).toContain('/webhooks/toloka')
    })

    test('get a log each, which is not kept for ever', () => {
      const logs = ofType(template(), 'AWS::Logs::LogGroup').map(([, it]) => it.Properties)

      for (const [, { FunctionName }] of functions()) {
        expect(logs).toContainEqual({
          LogGroupName: `/aws/lambda/${FunctionName}`,
          RetentionInDays: 90,
        })
      }
    })

    test('run where and as they were tested', () => {
      for (const [, { Properties }] of ofType(template(), 'AWS::Lambda::Function')) {
        expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] })
        expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions')
      }
      expect(ofType(template(), 'AWS::Lambda::Function')).toHaveLength(3)
      expect(Object.values(template().Resources).map(({ Type }) => Type)).not.toContain(
        'AWS::Lambda::Version',
      )
    })

    test('may wake themselves', () => {
      for (const id of ['WakeDashupLambdaFunction', 'SweepLambdaFunction']) {
        expect(resourceOf(template(), id).Properties['RecursiveLoop']).toBe('Allow')
      }
    })

    test('are fed by their queues', () => {
      const sources = ofType(template(), 'AWS::Lambda::EventSourceMapping')

      expect(sources.map(([, { Properties }]) => Properties)).toEqual([
        {
          BatchSize: 5,
          Enabled: true,
          EventSourceArn: { 'Fn::GetAtt': ['WakeUpQueue', 'Arn'] },
          FunctionName: { 'Fn::GetAtt': ['WakeDashupLambdaFunction', 'Arn'] },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 2 },
        },
        {
          BatchSize: 1,
          Enabled: true,
          EventSourceArn: { 'Fn::GetAtt': ['SweepQueue', 'Arn'] },
          FunctionName: { 'Fn::GetAtt': ['SweepLambdaFunction', 'Arn'] },
          ScalingConfig: { MaximumConcurrency: 2 },
        },
      ])
    })

    test('end before their message comes again', () => {
      const timeouts = Object.fromEntries(functions().map(([id, { Timeout }]) => [id, Timeout]))
      const hidden = ['WakeUpQueue', 'SweepQueue'].map(
        (id) => resourceOf(template(), id).Properties['VisibilityTimeout'],
      )

      expect(timeouts).toEqual({
        WebhookLambdaFunction: 10,
        WakeDashupLambdaFunction: 120,
        SweepLambdaFunction: 900,
      })
      expect(hidden).toEqual([720, 960])
    })

    test('find the sweep in the queue of sweeps, by its schedule', () => {
      const { Properties } = resourceOf(template(), 'SweepSchedule')

      expect(shorten(Properties['GroupName'])).toBe('ScheduleGroup')
      expect(Properties).toMatchObject({
        ScheduleExpression: 'rate(60 minutes)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['SweepQueue', 'Arn'] },
          RoleArn: { 'Fn::GetAtt': ['SchedulerRole', 'Arn'] },
          Input: '{"version":1,"sweep":true}',
          RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } },
        },
      })
    })
  })
}
