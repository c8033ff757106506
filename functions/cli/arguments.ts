import { Argument, InvalidArgumentError, Option } from 'commander'
import { isPoolId } from '../domain/pool.ts'
import { durationExamples, parseDuration } from '../runtime/duration.ts'

/** The pool that a command is about. */
export const poolArgument = (): Argument =>
  new Argument('<pool>', 'the id of a pool, which is digits').argParser((text: string) => {
    if (!isPoolId(text)) throw new InvalidArgumentError('The id of a pool is digits, such as 17.')
    return text
  })

/** An option whose value is a duration; its value is in milliseconds. */
export function durationOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string) => {
    const durationMs = parseDuration(text)
    if (durationMs === null) throw new InvalidArgumentError(`A duration is ${durationExamples}.`)
    return durationMs
  })
}
