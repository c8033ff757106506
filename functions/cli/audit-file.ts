import { createWriteStream, existsSync, openSync, readSync, closeSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { FileError } from './file-error.ts'

/** How every line of an audit begins. */
const beginning = '{"poolId":'

/**
 * Writes lines of an audit, whole or not at all.
 *
 * @throws FileError, also where another file is: nobody loses one by a mistyped name
 */
export async function writeAuditFile(path: string, lines: AsyncIterable<string>): Promise<void> {
  checkAuditFile(path)
  const unfinished = `${path}.unfinished`
  try {
    // Names of pools are for those who may read the data file.
    await pipeline(withEnds(lines), createWriteStream(unfinished, { mode: 0o600 }))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw isOfSystem(error) ? new FileError(path, 'cannot be written', error) : error
  }
}

function checkAuditFile(path: string): void {
  if (existsSync(path) && !['', beginning].includes(readBeginning(path))) {
    throw new FileError(path, 'is there already, and is no export: give another name')
  }
}

function readBeginning(path: string): string {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(beginning.length)
      return bytes.toString('utf8', 0, readSync(file, bytes))
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new FileError(path, 'cannot be read', error)
  }
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

/** Thrown by the operating system, such as for a folder that is not there. */
function isOfSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error
}
