import { Argument, InvalidArgumentError } from 'commander'
import { isPoolId } from '../domain/pool.ts'

/** The pool that a command is about. */
export const poolArgument = (): Argument =>
  new Argument('<pool>', 'the id of a pool, which is digits').argParser((text: string) => {
    if (!isPoolId(text)) throw new InvalidArgumentError('The id of a pool is digits, such as 17.')
    return text
  })
