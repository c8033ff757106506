// One sweep of the archiver on this machine, in a process of its own, for a test of its memory.
// Reads the settings from the environment, and prints what the sweep did and the most memory that
// the process ever had, as JSON.
import { existsSync, readFileSync } from 'node:fs'
import { loadConfig } from '../../functions/runtime/config.ts'
import { machineSurroundings, openLocalArchiver } from '../../functions/runtime/local.ts'

const archiver = openLocalArchiver(loadConfig(), {
  ...machineSurroundings(),
  journal: { write: () => {} },
  pace: { take: async () => {} },
})
const result = await archiver.sweep()
archiver.close()
process.stdout.write(JSON.stringify({ ...result, peakMiB: readPeakMiB() }))

/** Linux counts into `maxRSS` what the parent had when it began this process, such as all of Jest. */
function readPeakMiB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? []
  return Number(kibibytes ?? process.resourceUsage().maxRSS) / 1_024
}
