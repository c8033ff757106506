import { askAws } from './ask-aws.ts'
import { environmentFor, type AwsConnection } from './aws-connection.ts'
import { runCommand, type CommandResult } from './run-command.ts'

/** Somebody who may do in the account what one policy says, and nothing else. */
export interface Operator {
  /** Runs a command of the command line, as a process of its own. */
  readonly run: (...words: readonly string[]) => Promise<CommandResult>
  /** As `run`, for a command that succeeds: what it says to programs. */
  readonly json: (...words: readonly string[]) => Promise<unknown>
  readonly remove: () => Promise<void>
}

/** @param policyArn null: this one may do nothing */
export async function createOperator(
  connection: AwsConnection,
  name: string,
  policyArn: string | null,
): Promise<Operator> {
  const ask = (Action: string, words: Readonly<Record<string, string>>): Promise<string> => {
    const form = new URLSearchParams({ Action, Version: '2010-05-08', UserName: name, ...words })
    return askAws(connection, { service: 'iam', form: form.toString() })
  }
  await ask('CreateUser', {})
  if (policyArn !== null) await ask('AttachUserPolicy', { PolicyArn: policyArn })
  const key = await ask('CreateAccessKey', {})
  const [, id = ''] = /<AccessKeyId>(.+?)</.exec(key) ?? []
  const [, secret = ''] = /<SecretAccessKey>(.+?)</.exec(key) ?? []
  const environment = {
    ...environmentFor(connection.endpoint),
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
  }
  const run = (...words: readonly string[]): Promise<CommandResult> =>
    runCommand(process.execPath, ['functions/cli/main.ts', ...words], { environment })
  return {
    run,
    json: async (...words) => {
      const { code, output } = await run(...words, '--json')
      if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${output}`)
      const value: unknown = JSON.parse(output)
      return value
    },
    remove: async () => {
      await ask('DeleteAccessKey', { AccessKeyId: id })
      if (policyArn !== null) await ask('DetachUserPolicy', { PolicyArn: policyArn })
      await ask('DeleteUser', {})
    },
  }
}
