import { readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100

/** The most memory that a running process ever had; 0 where the system does not tell. */
export function peakMemoryMiB(pid: number): number {
  try {
    const [, kiB] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kiB ?? 0) / 1_024)
  } catch {
    return 0
  }
}

/** How long a running process has kept a processor busy, in seconds; 0 if the system does not tell. */
export function processorSeconds(pid: number): number {
  try {
    const [, afterName = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [user = 0, system = 0] = afterName.split(' ').slice(11, 13).map(Number)
    return (user + system) / ticksPerSecond
  } catch {
    return 0
  }
}
