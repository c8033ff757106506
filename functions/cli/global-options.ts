import { Option } from 'commander'

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
  ]
}
