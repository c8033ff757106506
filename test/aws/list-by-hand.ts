import { askAws, type AwsQuestion } from './ask-aws.ts'
import type { AwsConnection } from './aws-connection.ts'

interface Listing extends AwsQuestion {
  readonly kind: string
  /** What stands around a name in the answer. */
  readonly name: RegExp
}

const listings: readonly Listing[] = [
  { kind: 'bucket', service: 's3', name: /<Name>(.*?)<\/Name>/g },
  {
    kind: 'role',
    service: 'iam',
    form: 'Action=ListRoles&Version=2010-05-08',
    name: /<RoleName>(.*?)<\/RoleName>/g,
  },
  {
    kind: 'policy',
    service: 'iam',
    form: 'Action=ListPolicies&Version=2010-05-08&Scope=Local',
    name: /<PolicyName>(.*?)<\/PolicyName>/g,
  },
  {
    kind: 'topic',
    service: 'sns',
    form: 'Action=ListTopics&Version=2010-03-31',
    name: /<TopicArn>(.*?)<\/TopicArn>/g,
  },
  {
    kind: 'alarm',
    service: 'monitoring',
    form: 'Action=DescribeAlarms&Version=2010-08-01',
    name: /<AlarmName>(.*?)<\/AlarmName>/g,
  },
  {
    kind: 'log group',
    service: 'logs',
    target: 'Logs_20140328.DescribeLogGroups',
    name: /"logGroupName": ?"(.*?)"/g,
  },
  {
    kind: 'function',
    service: 'lambda',
    path: '/2015-03-31/functions/',
    name: /"FunctionName": ?"(.*?)"/g,
  },
  { kind: 'API', service: 'apigateway', path: '/v2/apis', name: /"name": ?"(.*?)"/g },
]

/** What there is of the kinds that the product has no client for, as `kind name`. */
export async function listByHand(connection: AwsConnection): Promise<readonly string[]> {
  const lists = await Promise.all(
    listings.map(async (listing) => {
      const text = await askAws(connection, listing)
      return [...text.matchAll(listing.name)].map(([, name]) => `${listing.kind} ${name}`)
    }),
  )
  return lists.flat()
}
