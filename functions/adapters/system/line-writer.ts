import { writeSync } from 'node:fs'
import type { Writable } from 'node:stream'

/** Such as standard output. */
export interface Output extends Writable {
  /** Its file descriptor. */
  readonly fd: number
}

/**
 * Writes lines. A disk that is full, or a reader that is gone, must not end a program that has
 * other work: lines are lost then until they can be written again, and are counted.
 */
export function createLineWriter(output: Output): (line: string) => void {
  let lost = 0
  // A stream that failed once takes nothing any more.
  let isBroken = false
  output.on('error', () => {}) // Each write hears of it as well.

  function writeAgain(line: string): void {
    const gap = lost === 0 ? '' : `\n${lost} lines are missing here: they could not be written.\n`
    try {
      writeSync(output.fd, `${gap}${line}\n`)
      lost = 0
    } catch {
      lost += 1
    }
  }

  return (line) => {
    if (isBroken) {
      writeAgain(line)
      return
    }
    output.write(`${line}\n`, (error) => {
      if (!error) return
      isBroken = true
      lost += 1
    })
  }
}
