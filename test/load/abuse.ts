import { clientLimits } from '../../functions/page/http-server.ts'
import { webhookSecret } from '../local/box.ts'
import { attack, makeAttacks, type Repelled } from './attacks.ts'
import { deliverAtRate } from './deliver-at-rate.ts'
import { openGround, type Ground } from './ground.ts'
import { peakMemoryMiB } from './memory.ts'
import type { LoadOptions, Report, Scenario } from './scenario.ts'

const genuinePerSecond = 20
const memoryLimitMiB = 250
const latencyLimitMs = 5_000
/** A machine with much to do is late to cut somebody off. */
const slackMs = 10_000

export const abuse: Scenario = {
  title: 'Slow, endless and idle connections, while genuine webhooks are served',
  run: async (report, options) => {
    const ground = await openGround()
    try {
      await abuseArchiver(ground, report, options)
    } finally {
      await ground.close()
    }
  },
}

async function abuseArchiver(ground: Ground, report: Report, options: LoadOptions): Promise<void> {
  const { program, url } = await ground.start()
  const seconds = Math.max(options.seconds, (clientLimits.requestMs + slackMs) / 1_000)
  const stop = new AbortController()
  const attacks = makeAttacks().map((one) => attack(one, url, stop.signal))
  const delivered = await deliverAtRate({
    url,
    secret: webhookSecret,
    poolIds: [ground.model.createPool({}, { status: 'OPEN' })],
    perSecond: genuinePerSecond,
    seconds,
    connections: 4,
  })
  stop.abort()
  const repelled = await Promise.all(attacks)
  const healthz = await fetch(`${url}/healthz`)
  const memory = peakMemoryMiB(program.pid)
  program.kill('SIGTERM')
  const exitCode = await program.ended

  for (const one of repelled) describeRepelled(report, one)
  const total = genuinePerSecond * seconds
  const { p50, p99, max } = delivered.latencyMs
  report.figure('genuine webhooks', `${total} in ${delivered.seconds.toFixed(1)} s`)
  report.figure('their latency', `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`)
  report.figure('most memory of the archiver', `${memory} MiB`)
  report.check(delivered.answers['200'] === total, 'every genuine webhook was answered by 200')
  report.check(max < latencyLimitMs, `each within ${latencyLimitMs} ms (${max.toFixed(0)} ms)`)
  report.check(memory < memoryLimitMiB, `memory stayed below ${memoryLimitMiB} MiB`)
  report.check(healthz.status === 200 && exitCode === 0, 'the archiver is alive')
  report.check(ground.model.violations.length === 0, 'nothing was archived that must not be')
  const failed = program.lines.filter((line) => line.includes(' REQUEST_FAILED '))
  report.check(failed.length === 0, `nothing is called a failure of ours (${failed.length})`)
}

function describeRepelled(report: Report, repelled: Repelled): void {
  const { name, ended, open, longestMs, statuses } = repelled
  const answers = [...statuses].toSorted().join(', ') || 'none'
  const longest = (longestMs / 1_000).toFixed(1)
  report.figure(name, `${ended} cut off, the longest after ${longest} s, answers: ${answers}`)
  report.check(ended >= open, `${name}: all connections were cut off at least once`)
  report.check(longestMs < clientLimits.requestMs + slackMs, `${name}: in time`)
  report.check(![...statuses].some((status) => status.startsWith('5')), `${name}: no 5xx`)
}
