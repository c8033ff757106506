import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** Leaves no room at all. */
  readonly fill: () => void
  readonly makeRoom: () => void
  readonly remove: () => void
}

const size = '8m'
const block = Buffer.alloc(4_096, 'x')

/** A disk in memory, which can be full in no time; null where nobody may mount one. */
export function mountSmallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'archiver-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  let isMounted = true
  const remove = (): void => {
    if (!isMounted) return
    isMounted = false
    process.off('exit', remove)
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true })
  }
  process.on('exit', remove)
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    makeRoom: () => rmSync(ballast, { force: true }),
    remove,
  }
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (;;) writeSync(file, block)
  } catch (error) {
    if (!String(error).includes('ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}
