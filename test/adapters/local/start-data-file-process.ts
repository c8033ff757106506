import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Starts `data-file-process.ts`, which says there what the words mean. */
export function startDataFileProcess(...words: string[]) {
  const script = join(__dirname, 'data-file-process.ts')
  return spawn(process.execPath, ['--no-warnings', script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
