import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { askedPerson } from './asked-person.ts'
import { systemClock } from './clock.ts'
import { conclude } from './conclude.ts'
import { fakeTolokers } from './fake-tolokers.ts'
import { readInvocation, usage } from './invocation.ts'
import type { Invocation } from './invocation.ts'
import { describePlan } from './plan.ts'
import { reportForMachines, reportForPeople } from './report.ts'
import { runProbes } from './run-probes.ts'
import type { Outcome } from './run-probes.ts'
import { createRedactor } from './redact.ts'
import { startReceiver } from './webhook-receiver.ts'
import type { WebhookReceiver } from './webhook-receiver.ts'

const sandboxRequestsPerSecond = 2

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** The first Ctrl-C ends the probes, and what was made is cleaned up; the second ends everything. */
function listenForInterrupts(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(1)
      tell('Interrupted. What was made is cleaned up; a second Ctrl-C leaves it as it is.')
      controller.abort()
    })
  }
  return controller.signal
}

/** Runs the probes and reports. Returns the exit code. */
async function run(invocation: Invocation, token: string): Promise<0 | 1> {
  const { origin, isSandbox, waitMs, webhook, foreignPool, burst, probes } = invocation
  const secret = randomBytes(24).toString('hex')
  const redact = createRedactor([token, secret])
  const say = (text: string): void => tell(redact(text))
  const webhooks = await receiverFor(webhook, secret)
  if (webhooks === 'no-port') return 1
  const person = waitMs === null ? null : askedPerson(say, waitMs)
  const startedAt = systemClock.now()
  const outcome = await runProbes({
    origin,
    token,
    probes,
    equipment: {
      tolokers: isSandbox ? person : fakeTolokers(origin),
      webhooks,
      foreignPool,
      burst,
    },
    requestsPerSecond: isSandbox ? sandboxRequestsPerSecond : null,
    clock: systemClock,
    signal: listenForInterrupts(),
    say,
  })
  await webhooks?.close()
  const isReported = report(invocation, startedAt, outcome, redact)
  const isClean = outcome.leftOver.every(({ isRefused }) => isRefused)
  const isGood = outcome.failures.length === 0 && outcome.doubtful.length === 0
  return isReported && isClean && isGood && !outcome.isInterrupted ? 0 : 1
}

async function receiverFor(
  webhook: Invocation['webhook'],
  secret: string,
): Promise<WebhookReceiver | null | 'no-port'> {
  if (webhook === null) return null
  try {
    return await startReceiver({ ...webhook, secret, host: '127.0.0.1' })
  } catch (error) {
    tell(`Webhooks cannot be received on port ${webhook.port}: ${String(error)}`)
    return 'no-port'
  }
}

/** Whether the report went where it was wanted. */
function report(
  { origin, json, reportFile }: Invocation,
  startedAt: number,
  outcome: Outcome,
  redact: (text: string) => string,
): boolean {
  const conclusions = conclude(outcome.findings)
  const page = redact(reportForPeople({ origin, startedAt }, outcome, conclusions))
  const isWritten = reportFile === null || isWrittenTo(reportFile, `${page}\n`)
  if (json) print(redact(reportForMachines({ origin, startedAt }, outcome, conclusions)))
  else if (reportFile === null || !isWritten) print(page)
  for (const failure of outcome.failures) tell(redact(failure))
  return isWritten
}

function isWrittenTo(file: string, text: string): boolean {
  try {
    writeFileSync(file, text)
    return true
  } catch (error) {
    tell(`The report cannot be written to ${file}: ${String(error)}`)
    return false
  }
}

async function main(): Promise<0 | 1> {
  const invocation = readInvocation(process.argv.slice(2), process.env)
  if ('problem' in invocation) {
    tell(invocation.problem)
    process.exit(2)
  }
  if (invocation.help) print(usage)
  else if (!invocation.yes) print(describePlan(invocation))
  else if (invocation.token !== null) return run(invocation, invocation.token)
  return 0
}

process.exitCode = await main()
