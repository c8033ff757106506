import { lives } from '../scenarios/lives.ts'
import { liveAll } from '../scenarios/story.ts'
import { World } from '../scenarios/world.ts'
import { readArguments } from '../support/read-arguments.ts'
import { createNarrator } from './narrator.ts'
import { servePage } from './serve-page.ts'
import { reportForMachines, reportForPeople } from './report.ts'

const usage = `Usage: npm run demo [-- --json] [--serve]

Runs the real archiver against a fake Toloka over HTTP, on a clock that jumps from event to event,
and shows fifteen pools living their lives. Exits with 0 only if each ended as it should.

--serve leaves the status page open at the end, until Ctrl-C: at http://127.0.0.1:8787, or at PORT if
that is set. The demo's clock then goes on as fast as any other.`

/** Runs the demo. Returns the exit code. */
async function demo(): Promise<0 | 1> {
  const { json, serve, help } = readArguments(usage, {
    json: { type: 'boolean' },
    serve: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  })
  const say = (text: string): void => void process.stdout.write(`${text}\n`)
  if (help) {
    say(usage)
    return 0
  }
  const startedAt = performance.now()
  const narrator = createNarrator(json ? () => {} : say)
  const world = await World.create({
    journal: narrator.journal,
    settings: { SWEEP_INTERVAL: '6h' },
  })
  try {
    narrator.begin(world, lives.length)
    const story = await liveAll(world, narrator.listener)
    const seconds = (performance.now() - startedAt) / 1000
    say(json ? reportForMachines(story) : reportForPeople(story, seconds))
    if (serve) await servePage(world, (text) => void process.stderr.write(`${text}\n`))
    const { early, twice, forgotten } = story.faults
    const isGood = early + twice + forgotten === 0
    return isGood && story.endings.every(({ endedAsItShould }) => endedAsItShould) ? 0 : 1
  } finally {
    await world.close()
  }
}

process.stdout.on('error', () => process.exit(1)) // Whoever read along has gone.
process.exitCode = await demo()
