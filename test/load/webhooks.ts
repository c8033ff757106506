import { spawn } from 'node:child_process'
import { json } from 'node:stream/consumers'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { addFinishedPool, webhookSecret } from '../local/box.ts'
import { eventually } from '../support/eventually.ts'
import { deliveryReport, type DeliveryPlan, type DeliveryReport } from './deliver-at-rate.ts'
import { openGround, type Ground } from './ground.ts'
import { peakMemoryMiB, processorSeconds } from './memory.ts'
import type { LoadOptions, Report, Scenario } from './scenario.ts'

const connections = 64
/** All that was asked for must have been looked at so long after the load. */
const drainPatienceMs = 10 * 60_000

export const webhooks: Scenario = {
  title: 'Signed webhooks at a rate: whatever is answered by 2xx is looked at',
  run: async (report, options) => {
    const ground = await openGround()
    try {
      await load(ground, report, options)
    } finally {
      await ground.close()
    }
  },
}

/** Half of the pools can be archived. The others stay open, so that each look at them is seen. */
async function load(ground: Ground, report: Report, options: LoadOptions): Promise<void> {
  const { model, lastAskedAt } = ground
  const { program, url } = await ground.start()
  // From here on nobody but the webhooks tells of a pool.
  await program.untilSaid(/SWEEP_FINISHED/)
  const poolIds = Array.from({ length: options.pools }, (_, index) =>
    index % 2 === 0
      ? addFinishedPool(model, `Finished ${index}`, Date.now())
      : model.createPool({}, { status: 'OPEN' }),
  )
  const { perSecond, seconds } = options
  const plan = { url, secret: webhookSecret, poolIds, perSecond, seconds, connections }
  const busyBefore = processorSeconds(program.pid)
  const delivered = await deliverInProcess(plan)
  const busy = processorSeconds(program.pid) - busyBefore
  describeDeliveries(report, delivered, options)
  report.figure('a processor was busy for', `${busy.toFixed(1)} s of these`)

  const isLookedAt = (poolId: string): boolean =>
    model.statusOf(poolId) === 'ARCHIVED' ||
    (lastAskedAt.get(poolId) ?? 0) >= (delivered.lastAcceptedAt[poolId] ?? 0)
  const endedAt = performance.now()
  const acceptedIds = Object.keys(delivered.lastAcceptedAt)
  const countForgotten = (): number =>
    acceptedIds.filter((poolId) => !isLookedAt(poolId)).length + countHints(ground.dataFile)
  const forgotten = await eventually(countForgotten, (count) => count === 0, {
    patienceMs: drainPatienceMs,
    everyMs: 250,
  }).catch(countForgotten)
  report.figure(
    'all looked at after the load',
    `${((performance.now() - endedAt) / 1_000).toFixed(1)} s`,
  )
  report.figure('requests to Toloka', model.requests.total)
  report.figure('most memory of the archiver', `${peakMemoryMiB(program.pid)} MiB`)
  program.kill('SIGTERM')
  report.check((await program.ended) === 0, 'the archiver ended as it was told')
  report.check(forgotten === 0, `each pool with a 2xx was looked at afterwards (${forgotten} not)`)
  report.check(model.violations.length === 0, 'nothing was archived that must not be')
}

function describeDeliveries(
  report: Report,
  { seconds, answers, latencyMs, lastAcceptedAt }: DeliveryReport,
  options: LoadOptions,
): void {
  const total = Object.values(answers).reduce((sum, count) => sum + count, 0)
  const rate = total / seconds
  report.figure('deliveries', `${total} over ${options.pools} pools in ${seconds.toFixed(1)} s`)
  report.figure('rate', `${Math.round(rate)} a second, ${options.perSecond} wanted`)
  report.figure('answers by status', JSON.stringify(answers))
  for (const [name, ms] of Object.entries(latencyMs)) {
    report.figure(`latency ${name}`, `${ms.toFixed(1)} ms`)
  }
  report.check(answers['200'] === total, 'every delivery was answered by 200')
  report.check(
    Object.keys(lastAcceptedAt).length === options.pools,
    'every pool had a delivery that was accepted',
  )
  report.check(rate >= 0.95 * options.perSecond, 'the rate was reached')
}

async function deliverInProcess(plan: DeliveryPlan): Promise<DeliveryReport> {
  const script = fileURLToPath(new URL('webhook-client-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(plan))
  return z.parse(deliveryReport, await json(child.stdout))
}

/** The hints that wait in the data file. */
function countHints(dataFile: string): number {
  const database = new DatabaseSync(dataFile, { readOnly: true })
  try {
    const row = database.prepare(`select count(*) as hints from wake_ups where cause = 'hint'`)
    return z.parse(z.object({ hints: z.number() }), row.get()).hints
  } finally {
    database.close()
  }
}
