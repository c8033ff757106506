// One sweep of the archiver on this machine, in a process of its own, and whatever it wakes. Reads
// the settings from the environment, and prints what was done and what it took, as JSON.
import { existsSync, readFileSync } from 'node:fs'
import { workOff } from '../../../functions/local/work-off.ts'
import { loadConfig } from '../../../functions/runtime/config.ts'
import { machineSurroundings, openLocalArchiver } from '../../../functions/runtime/local.ts'
import type { SweepCost } from './sweep-known-pools.ts'

const archiver = openLocalArchiver(loadConfig(), {
  ...machineSurroundings(),
  journal: { write: () => {} },
})
await archiver.confirmOwner()
const begunAt = performance.now()
const result = await archiver.sweep()
const seconds = (performance.now() - begunAt) / 1_000
await workOff(archiver)
archiver.close()
const { user, system } = process.cpuUsage()
const cost: SweepCost = {
  result,
  seconds,
  processorSeconds: (user + system) / 1_000_000,
  peakMiB: readPeakMiB(),
}
process.stdout.write(JSON.stringify(cost))

/** Linux counts into `maxRSS` what the parent had when it began this process, such as all of Jest. */
function readPeakMiB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? []
  return Number(kibibytes ?? process.resourceUsage().maxRSS) / 1_024
}
