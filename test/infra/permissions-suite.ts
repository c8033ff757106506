import { describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { slackArn, tokenArn } from './package-stack.ts'
import { ofType, resourceOf, shorten, type Resource, type Template } from './template.ts'

const oneOrMore = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z.pipe(
    z.union([z.array(schema), schema]),
    z.transform((value) => (Array.isArray(value) ? value : [value])),
  )

const statement = z.object({
  Effect: z.literal('Allow'),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.unknown()),
  Condition: z.optional(z.unknown()),
})
const policyDocument = z.object({ Statement: z.array(statement) })
const roleSchema = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z.array(z.object({ PolicyDocument: policyDocument })),
})

const schedules =
  'arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${ScheduleGroup}/*'

const worker = (stage: string) => ({
  'dynamodb:GetItem': ['ArchivalTable.Arn'],
  'dynamodb:PutItem': ['ArchivalTable.Arn'],
  'events:PutEvents': ['EventBus.Arn'],
  // The stage `prod` of these tests has a Slack.
  'secretsmanager:GetSecretValue': stage === 'prod' ? [slackArn, tokenArn] : [tokenArn],
})

const inbox = (queue: string) => ({
  'sqs:DeleteMessage': [queue],
  'sqs:GetQueueAttributes': [queue],
  'sqs:ReceiveMessage': [queue],
})

const log = (group: string) => ({
  'logs:CreateLogStream': [group],
  'logs:PutLogEvents': [group],
})

/** Every role, and all that it may do. */
const allowed = (
  stage: string,
): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> => ({
  WebhookRole: {
    ...log('WebhookLogGroup.Arn'),
    'secretsmanager:GetSecretValue': ['WebhookSecret'],
    'sqs:SendMessage': ['WakeUpQueue.Arn'],
  },
  WakeUpRole: {
    ...log('WakeDashupLogGroup.Arn'),
    ...worker(stage),
    ...inbox('WakeUpQueue.Arn'),
    'iam:PassRole': ['SchedulerRole.Arn'],
    'scheduler:CreateSchedule': [schedules],
    'sqs:SendMessage': ['DeadLetterQueue.Arn', 'WakeUpQueue.Arn'],
  },
  SweepRole: {
    ...log('SweepLogGroup.Arn'),
    ...worker(stage),
    ...inbox('SweepQueue.Arn'),
    'dynamodb:BatchGetItem': ['ArchivalTable.Arn'],
    'dynamodb:Query': ['${ArchivalTable.Arn}/index/*'],
    'kms:Decrypt': ['NotificationKey.Arn'],
    'kms:GenerateDataKey*': ['NotificationKey.Arn'],
    'secretsmanager:GetSecretValue': [
      'WebhookSecret',
      ...worker(stage)['secretsmanager:GetSecretValue'],
    ],
    'sns:Publish': ['NotificationTopic'],
    'sqs:SendMessage': ['SweepQueue.Arn', 'WakeUpQueue.Arn'],
  },
  SchedulerRole: {
    'sqs:SendMessage': ['DeadLetterQueue.Arn', 'SweepQueue.Arn', 'WakeUpQueue.Arn'],
  },
})

/** Who may do what to what. */
export function describePermissions(stage: string, template: () => Template): void {
  describe('permissions', () => {
    test('are what each function does, and nothing else', () => {
      const actual = ofType(template(), 'AWS::IAM::Role').map(([id, role]) => [
        id,
        listActions(role),
      ])

      expect(Object.fromEntries(actual)).toEqual(allowed(stage))
    })

    test('let a function pass the role of Scheduler to Scheduler only', () => {
      for (const [, role] of ofType(template(), 'AWS::IAM::Role')) {
        for (const { Action, Condition } of statementsOf(role)) {
          expect(Condition).toEqual(
            Action.includes('iam:PassRole')
              ? { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }
              : undefined,
          )
        }
      }
    })

    test('let Scheduler act for this group only', () => {
      const { Properties } = resourceOf(template(), 'SchedulerRole')

      expect(roleSchema.parse(Properties).AssumeRolePolicyDocument).toMatchObject({
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': { Ref: 'AWS::AccountId' },
                'aws:SourceArn': { 'Fn::GetAtt': ['ScheduleGroup', 'Arn'] },
              },
            },
          },
        ],
      })
    })

    test('of operators end at this stack, apart from numbers and names, and take nothing away', () => {
      const statements = operatorStatements(template())
      const everywhere = statements.filter(({ Resource }) => Resource.includes('*'))
      const actions = statements.flatMap(({ Action }) => Action)

      expect(everywhere.flatMap(({ Action }) => Action)).toEqual([
        'scheduler:ListSchedules',
        'cloudwatch:GetMetricData',
        'cloudwatch:GetMetricStatistics',
        'cloudwatch:ListMetrics',
      ])
      expect(actions.filter((action) => /Delete(?!Message)|\*/i.test(action))).toEqual([])
    })

    test('of operators open the secrets of this stage and show what its functions are told, but change neither', () => {
      const statements = operatorStatements(template()).flatMap(({ Action, Resource }) =>
        Action.map((action) => [action, Resource.map(shorten)] as const),
      )

      expect(statements.filter(([action]) => /^(secretsmanager|lambda):/.test(action))).toEqual([
        [
          'lambda:GetFunctionConfiguration',
          ['WebhookLambdaFunction.Arn', 'WakeDashupLambdaFunction.Arn', 'SweepLambdaFunction.Arn'],
        ],
        ['secretsmanager:GetSecretValue', [tokenArn, 'WebhookSecret']],
      ])
    })

    test('of the topic and its key let alarms of this account in, and events', () => {
      const alarms = {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }
      // With a condition every event would be dropped without a word.
      const events = {
        Sid: 'Events',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
      }
      const publish = { Action: 'sns:Publish', Resource: { Ref: 'NotificationTopic' } }
      const use = { Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' }
      const topic = resourceOf(template(), 'NotificationTopicPolicy').Properties
      const key = resourceOf(template(), 'NotificationKey').Properties

      expect(topic['PolicyDocument']).toEqual({
        Version: '2012-10-17',
        Statement: [
          { ...alarms, ...publish },
          { ...events, ...publish },
          expect.objectContaining({ Sid: 'OnlyByTls', Effect: 'Deny' }),
        ],
      })
      expect(key['KeyPolicy']).toEqual({
        Version: '2012-10-17',
        Statement: [
          expect.objectContaining({ Sid: 'Administration' }),
          { ...alarms, ...use },
          { ...events, ...use },
        ],
      })
    })
  })
}

function operatorStatements(template: Template) {
  const { Properties } = resourceOf(template, 'OperatorPolicy')
  return policyDocument.parse(Properties['PolicyDocument']).Statement
}

function statementsOf({ Properties }: Resource) {
  const { Policies } = roleSchema.parse(Properties)
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}

/** Action → what it may be done to. */
function listActions(role: Resource): Record<string, readonly string[]> {
  const actions: Record<string, readonly string[]> = {}
  for (const { Action, Resource } of statementsOf(role)) {
    for (const action of Action) {
      actions[action] = [...(actions[action] ?? []), ...Resource.map(shorten)].toSorted()
    }
  }
  return actions
}
