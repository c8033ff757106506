import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate'
import { describeAlarms } from './alarms-suite.ts'
import { describeFunctions } from './functions-suite.ts'
import { packageStack, slackArn, tokenArn, type PackagedStack } from './package-stack.ts'
import { describePermissions } from './permissions-suite.ts'
import { ofType, resourceOf } from './template.ts'

const stacks: Record<string, PackagedStack> = {}
const engine = new RegoEngine()

afterAll(() => engine.free())

beforeAll(async () => {
  const everything = [
    `TOLOKA_TOKEN=${tokenArn}`,
    `SLACK_WEBHOOK_URL=${slackArn}`,
    'NOTIFICATION_EMAIL=pools@example.org',
    'WEBHOOK_URL=stack',
  ]
  const [dev, prod] = await Promise.all([
    packageStack('stack-dev', 'dev'),
    packageStack('stack-prod', 'prod', everything),
  ])
  Object.assign(stacks, { dev, prod })
})

describe.each(['dev', 'prod'])('the template of %s', (stage) => {
  const stack = (): PackagedStack => {
    const packaged = stacks[stage]
    if (packaged === undefined) throw new Error(`${stage} was not packaged`)
    return packaged
  }

  test('has no error, and nothing that a deployment would refuse', () => {
    const { status, diagnostics } = engine.validateStandard(new TemplateFile(stack().templateFile))
    const problems = diagnostics.filter(
      ({ severity, ruleId }) => ['ERROR', 'FATAL'].includes(severity) || ruleId === 'W3030',
    )

    expect({ status, problems }).toEqual({ status: 'OK', problems: [] })
  })

  test('leaves nothing behind when the stack is removed, except records in prod', () => {
    const { Resources } = stack().template
    const kept = Object.entries(Resources).filter(
      ([, { DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' }]) =>
        DeletionPolicy !== 'Delete' || UpdateReplacePolicy !== 'Delete',
    )
    const table = resourceOf(stack().template, 'ArchivalTable')

    expect(kept.map(([id]) => id)).toEqual(stage === 'prod' ? ['ArchivalTable'] : [])
    expect(table.Properties['DeletionProtectionEnabled']).toBe(stage === 'prod')
    expect(table.Properties).not.toHaveProperty('TableName')
  })

  test('keeps a key for deletion no longer than it must', () => {
    for (const [, key] of ofType(stack().template, 'AWS::KMS::Key')) {
      expect(key.Properties['PendingWindowInDays']).toBe(7)
    }
  })

  test('holds no secret: the key of webhooks is made in the account', () => {
    const text = JSON.stringify(stack().template)
    const { Properties } = resourceOf(stack().template, 'WebhookSecret')

    // A boolean: what failed must not print the template.
    expect(/"SecretString"|\{\{resolve:/.test(text)).toBe(false)
    expect(Properties['GenerateSecretString']).toEqual({
      PasswordLength: 64,
      ExcludePunctuation: true,
    })
  })

  test('encrypts queues, and takes messages by TLS only', () => {
    const { template } = stack()
    const policies = ofType(template, 'AWS::SQS::QueuePolicy').map(([, it]) => it.Properties)

    for (const [id, { Properties }] of ofType(template, 'AWS::SQS::Queue')) {
      expect(Properties['SqsManagedSseEnabled']).toBe(true)
      expect(policies).toContainEqual({
        Queues: [{ Ref: id }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'OnlyByTls',
              Effect: 'Deny',
              Principal: '*',
              Action: 'sqs:*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              Resource: { 'Fn::GetAtt': [id, 'Arn'] },
            },
          ],
        },
      })
    }
  })

  test('limits what a stranger can cost', () => {
    const { Properties } = resourceOf(stack().template, 'HttpApiStage')

    expect(Properties['DefaultRouteSettings']).toMatchObject({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
    })
  })

  test('shuts the bucket of deployments', () => {
    const { Properties } = resourceOf(stack().template, 'ServerlessDeploymentBucket')

    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    })
    expect(Properties).toHaveProperty('BucketEncryption')
  })

  test('says where everything is', () => {
    expect(Object.keys(stack().template.Outputs)).toEqual(
      expect.arrayContaining([
        'WebhookUrl',
        'TableName',
        'WakeUpQueueUrl',
        'DeadLetterQueueUrl',
        'SweepQueueUrl',
        'ScheduleGroupName',
        'EventBusName',
        'TopicArn',
        'WebhookSecretArn',
        'OperatorPolicyArn',
      ]),
    )
  })

  describeFunctions(stage, () => stack().template)
  describePermissions(stage, () => stack().template)
  describeAlarms(stage, () => stack().template)
})
