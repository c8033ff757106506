import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { signedDelivery, webhookSecret } from '../local/box.ts'
import type { Program } from '../local/archiver-process.ts'
import { eventually } from '../support/eventually.ts'
import type { Ground } from './ground.ts'
import type { DeliveredPool } from './kill-again-and-again.ts'
import { addPool, poolKinds } from './pool-kinds.ts'
import { createSender, isAccepted, type Sender } from './sender.ts'
import type { SmallDisk } from './small-disk.ts'

/** What an archiver did whose disk was full for a while. */
export interface OutOfDisk {
  readonly delivered: readonly DeliveredPool[]
  /** Statuses of deliveries while there was no room at all. */
  readonly statusesWhileFull: ReadonlySet<number | null>
  readonly answerWhileFull: { readonly status: number; readonly body: unknown }
  readonly healthWhileFull: number
  readonly healthAfterwards: number
  readonly exitCode: number | null
  readonly journal: string
}

const deliveriesEach = 40
/** What is already on the disk has some room inside. */
const deliveriesToFill = 2_000

/** @param journal where the journal goes: to us, or to a file on the disk that gets full */
export async function runOutOfDisk(
  ground: Ground,
  disk: SmallDisk,
  journal: 'pipe' | 'same-disk',
): Promise<OutOfDisk> {
  const log = join(disk.folder, 'journal.log')
  const output = journal === 'pipe' ? null : openSync(log, 'a')
  const program = ground.launch(output ?? 'pipe')
  if (output !== null) closeSync(output)
  const readJournal = (): string =>
    output === null ? program.lines.join('\n') : readFileSync(log, 'utf8')
  const url = await eventually(
    () => /STARTED .* address=(\S+)/.exec(readJournal())?.[1] ?? '',
    (found) => found !== '',
  )
  const sender = createSender(url, webhookSecret, 4)
  const delivered: DeliveredPool[] = []
  const deliver = createDelivering(ground, sender, delivered)
  const health = async (): Promise<number> => (await fetch(`${url}/healthz`)).status

  await deliver(deliveriesEach)
  disk.fill()
  await deliver(deliveriesToFill, (status) => status !== 200)
  disk.fill() // A log that was begun anew may have left some.
  const statusesWhileFull = new Set(await deliver(deliveriesEach))
  const answer = await fetch(`${url}/webhooks/toloka`, oneMore(ground))
  const body: unknown = await answer.json()
  const answerWhileFull = { status: answer.status, body }
  const healthWhileFull = await health()

  disk.makeRoom()
  const healthAfterwards = await eventually(health, (status) => status === 200)
  await deliver(deliveriesEach)
  const exitCode = await stop(program, sender)
  return {
    delivered,
    statusesWhileFull,
    answerWhileFull,
    healthWhileFull,
    healthAfterwards,
    exitCode,
    journal: readJournal(),
  }
}

/** Sends one delivery after the other, each about a new pool, until one is answered as wanted. */
function createDelivering({ model, now }: Ground, sender: Sender, delivered: DeliveredPool[]) {
  return async (
    count: number,
    isEnough: (status: number | null) => boolean = () => false,
  ): Promise<readonly (number | null)[]> => {
    const statuses: (number | null)[] = []
    while (statuses.length < count && !isEnough(statuses.at(-1) ?? 200)) {
      const kind = poolKinds[delivered.length % poolKinds.length] ?? 'finished'
      const poolId = addPool(model, kind, now())
      const sent = await sender.send(poolId)
      delivered.push({ poolId, kind, status: sent.status, isAccepted: isAccepted(sent) })
      statuses.push(sent.status)
    }
    return statuses
  }
}

function oneMore({ model, now }: Ground): RequestInit {
  const event = { type: 'POOL_CLOSED', pool_id: addPool(model, 'kept', now()) }
  return signedDelivery({ events: [event] }, now())
}

async function stop(program: Program, sender: Sender): Promise<number | null> {
  sender.close()
  program.kill('SIGTERM')
  return program.ended
}
