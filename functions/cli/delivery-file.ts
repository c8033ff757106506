import { readFileSync, statSync } from 'node:fs'
import { FileError } from './file-error.ts'

/** In bytes; no webhook takes more. */
const longestBody = 256 * 1024

/**
 * Reads a saved body of a webhook, byte for byte.
 *
 * @throws FileError if it is not there, too long, or no JSON
 */
export function readDeliveryFile(path: string): Uint8Array {
  const body = readSmallFile(path)
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new FileError(path, 'is no JSON, as the body of a webhook is')
  }
  return body
}

function readSmallFile(path: string): Uint8Array {
  try {
    const stats = statSync(path)
    if (!stats.isFile()) throw new FileError(path, 'is no ordinary file')
    if (stats.size > longestBody) {
      throw new FileError(path, `is longer than ${longestBody} bytes, which no webhook takes`)
    }
    return readFileSync(path)
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(path, 'cannot be read', error)
  }
}
