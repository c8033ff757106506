import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createLineWriter } from '../../../functions/adapters/system/line-writer.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts'

/** Fails as standard output does on a full disk. */
class FullOutput extends Writable {
  readonly fd: number

  constructor(fd: number) {
    super()
    this.fd = fd
  }

  override _write(_chunk: unknown, _encoding: string, done: (error: Error) => void): void {
    done(new Error('ENOSPC: no space left on device, write'))
  }
}

describe('A writer of lines', () => {
  let folder: TemporaryFolder
  let log: string
  const opened: number[] = []
  const open = (path: string, flags: string): number => {
    const fd = openSync(path, flags)
    opened.push(fd)
    return fd
  }

  beforeEach(() => {
    folder = makeTemporaryFolder()
    log = folder.file('log')
    writeFileSync(log, 'the beginning of a li')
  })
  afterEach(() => {
    for (const fd of opened.splice(0)) closeSync(fd)
    folder.remove()
  })

  test('goes on when there is room again, and says how much is missing', async () => {
    const output = new FullOutput(open(log, 'a'))
    const write = createLineWriter(output)
    write('first')
    await finished(output).catch(() => {})
    write('second')
    write('third')

    expect(readFileSync(log, 'utf8')).toBe(
      'the beginning of a li\n1 lines are missing here: they could not be written.\nsecond\nthird\n',
    )
  })

  test('counts all that is lost meanwhile', async () => {
    const output = new FullOutput(open(log, 'r'))
    const write = createLineWriter(output)
    write('first')
    await finished(output).catch(() => {})
    write('second') // The file can only be read.
    expect(readFileSync(log, 'utf8')).toBe('the beginning of a li')
    Object.defineProperty(output, 'fd', { value: open(log, 'a') })
    write('third')

    expect(readFileSync(log, 'utf8')).toMatch(/\n2 lines are missing here: .*\nthird\n$/)
  })
})
