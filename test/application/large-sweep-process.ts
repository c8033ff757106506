// One sweep of the archiver on this machine, in a process of its own, for a test of its memory.
// Reads the settings from the environment, and prints what the sweep did and the most memory that
// the process ever had, as JSON.
import { loadConfig } from '../../functions/runtime/config.ts'
import { machineSurroundings, openLocalArchiver } from '../../functions/runtime/local.ts'

const archiver = openLocalArchiver(loadConfig(), {
  ...machineSurroundings(),
  journal: { write: () => {} },
  pace: { take: async () => {} },
})
const result = await archiver.sweep()
archiver.close()
const peakMiB = process.resourceUsage().maxRSS / 1_024
process.stdout.write(JSON.stringify({ ...result, peakMiB }))
