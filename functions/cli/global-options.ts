import { InvalidArgumentError, Option } from 'commander'

/** What every command understands. */
export interface GlobalOptions {
  readonly json?: true
  readonly yes?: true
  readonly by?: string
  readonly stage?: string
  readonly region?: string
}

export function globalOptions(): readonly Option[] {
  return [
    new Option('--json', 'print JSON, for programs'),
    new Option('--yes', 'answer yes to every question'),
    new Option('--by <name>', 'who asks, for the records; without it, your login name'),
    new Option(
      '--stage <name>',
      'a stack on AWS, by your AWS credentials; without it, the data file here',
    ).argParser(readStage),
    new Option('--region <name>', 'where the stage is; without it, AWS_REGION').argParser(
      readRegion,
    ),
  ]
}

/** The names of functions hold it, and Lambda gives them 64 characters. */
function readStage(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,34}$/.test(text)) return text
  throw new InvalidArgumentError('A stage is letters, digits and hyphens, such as prod.')
}

function readRegion(text: string): string {
  if (/^[a-z]{2,8}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text)) return text
  throw new InvalidArgumentError('A region is written like eu-central-1.')
}
