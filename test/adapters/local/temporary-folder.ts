import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFolder {
  /** The path of a file in it. */
  readonly file: (name: string) => string
  readonly remove: () => void
}

export function makeTemporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(join(tmpdir(), 'archiver-'))
  return {
    file: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
