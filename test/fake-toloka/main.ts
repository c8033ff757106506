import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { endByUsage, readArguments } from '../support/read-arguments.ts'
import { controlRoutes } from './controls.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { TolokaModel } from './model.ts'
import { parsePersonality } from './parse-personality.ts'
import type { Personality } from './personality.ts'
import { startFakeToloka } from './server.ts'
import { tellStories } from './stories.ts'
import type { Story } from './stories.ts'

const usage = `Usage: npm run fake-toloka [-- --port N] [--host H] [--personality FILE] [--archiving SECONDS]

Serves a fake Toloka over HTTP, by default at http://127.0.0.1:8090, with pools in different
situations, and says how to start the archiver against it. FILE holds a personality as JSON, such
as the one at the end of a report of \`npm run probe\`. An archive operation takes no time unless
SECONDS are given.`

const { port, host, personality, archiving, help } = readArguments(usage, {
  port: { type: 'string', default: '8090' },
  host: { type: 'string', default: '127.0.0.1' },
  personality: { type: 'string' },
  archiving: { type: 'string', default: '0' },
  help: { type: 'boolean', short: 'h' },
})

if (help) {
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
  endByUsage(usage, `--port must be a number from 0 to 65535, not ${port}`)
}

if (!/^\d{1,5}$/.test(archiving)) {
  endByUsage(usage, `--archiving must be a whole number of seconds, not ${archiving}`)
}

function readPersonality(file: string): Partial<Personality> {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    endByUsage(usage, `${file} cannot be read`)
  }
  return parsePersonality(text) ?? endByUsage(usage, `${file} holds no personality of the fake`)
}

const webhookSecret = 'a-webhook-secret-for-trying-it-out'
const deliverEveryMs = 250

function write(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A command that sends a signed POOL_CLOSED to the archiver as Toloka would. */
function webhookCommand(poolId: string): string {
  const event = {
    uuid: '11111111-2222-4333-8444-555555555555',
    event_time: '2026-01-01T12:00:00',
    project_id: '1500',
    pool_id: poolId,
    close_reason: 'COMPLETED',
    webhook_subscription_id: '0123456789abcdef01234567',
    type: 'POOL_CLOSED',
  }
  return [
    `BODY='${JSON.stringify({ events: [event] })}'`,
    'TS=$(date +%s)000',
    `SIGN=$(printf '%s' "$TS.1.$BODY" | openssl dgst -sha256 -hmac '${webhookSecret}' | sed 's/.*= *//')`,
    "curl -i -X POST http://127.0.0.1:8787/webhooks/toloka -H 'Content-Type: application/json' \\",
    '  -H "Toloka-Signature: {v=1, ts=$TS, sign=$SIGN}" -d "$BODY"',
  ].join('\n')
}

function introduction(url: string, token: string, stories: readonly Story[]): string {
  const pools = stories.map(({ poolId, text }) => `  ${poolId}  ${text}`)
  const open = stories.find(({ text }) => text.startsWith('open'))?.poolId ?? ''
  return [
    `Fake Toloka at ${url} (API below /api/v1)`,
    '',
    `TOLOKA_TOKEN=${token}`,
    '',
    'Pools:',
    ...pools,
    '',
    'Start the archiver against it, in another terminal; its first sweep looks at all of them:',
    `TOLOKA_URL=${url} TOLOKA_TOKEN=${token} \\`,
    `  TOLOKA_WEBHOOK_SECRET=${webhookSecret} ARCHIVE_MODE=archive SAFETY_MARGIN=0 npm start`,
    '',
    'Then close the open pool, and send the archiver a signed POOL_CLOSED, in a third terminal:',
    `curl -X POST ${url}/fake/pools/${open}/close -d '{"reason":"COMPLETED"}'`,
    webhookCommand(open),
    '',
    'See what became of it, at both ends:',
    `curl http://127.0.0.1:8787/api/pools/${open}`,
    `curl ${url}/fake/violations`,
    '',
    'At the controls:',
    `curl ${url}/fake/pools`,
    `curl -X POST ${url}/fake/pools -d '{"private_name":"One more"}'`,
    `curl -X POST ${url}/fake/pools/${stories.at(-1)?.poolId ?? ''}/open`,
    `curl -X POST ${url}/fake/pools/${stories.at(-1)?.poolId ?? ''}/close -d '{"reason":"COMPLETED"}'`,
    '',
    'Requests:',
  ].join('\n')
}

const model = new TolokaModel({
  now: () => Date.now(),
  personality: personality === undefined ? {} : readPersonality(personality),
  archivingMs: Number(archiving) * 1000,
})
const stories = tellStories(model, Date.now())
const fake = await startFakeToloka(model, {
  port: Number(port),
  host,
  controls: controlRoutes(model),
  log: (line) => write(`${new Date().toISOString()} ${line}`),
})
write(introduction(fake.url, model.token, stories))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(0))
}

for (;;) {
  await deliverWebhooks(model)
  for (const { delivery, status } of model.deliveries.splice(0)) {
    const outcome = status === null ? 'no answer' : String(status)
    write(`${new Date().toISOString()} webhook to ${delivery.url} -> ${outcome}`)
  }
  await sleep(deliverEveryMs)
}
