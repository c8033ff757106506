import { setTimeout as sleep } from 'node:timers/promises'
import { webhookSecret } from '../local/box.ts'
import { Random } from '../simulation/random.ts'
import type { Ground } from './ground.ts'
import { addPool, poolKinds, type PoolKind } from './pool-kinds.ts'
import { createSender, isAccepted } from './sender.ts'

export interface KillPlan {
  readonly kills: number
  readonly seed: number
  /** How many deliveries are accepted in a life of the archiver. */
  readonly accepted: { readonly from: number; readonly to: number }
  /** How likely a life ends while it begins. */
  readonly earlyDeaths: number
}

/** A pool that one delivery was about. */
export interface DeliveredPool {
  readonly poolId: string
  readonly kind: PoolKind
  /** The status of the answer; null if there was none. */
  readonly status: number | null
  readonly isAccepted: boolean
}

const senders = 8
const longestEarlyLifeMs = 400

/** Starts an archiver on the same data file again and again, and kills it in the midst of deliveries. */
export async function killAgainAndAgain(
  ground: Ground,
  plan: KillPlan,
): Promise<readonly DeliveredPool[]> {
  const random = new Random(plan.seed)
  const delivered: DeliveredPool[] = []
  for (let kill = 0; kill < plan.kills; kill += 1) {
    if (random.chance(plan.earlyDeaths)) {
      const program = ground.launch()
      await sleep(random.integer(0, longestEarlyLifeMs))
      program.kill('SIGKILL')
      await program.ended
    } else {
      const { from, to } = plan.accepted
      delivered.push(...(await killUnderLoad(ground, random.integer(from, to))))
    }
  }
  return delivered
}

async function killUnderLoad(ground: Ground, afterAccepted: number): Promise<DeliveredPool[]> {
  const { program, url } = await ground.start()
  const sender = createSender(url, webhookSecret, senders)
  const delivered: DeliveredPool[] = []
  let accepted = 0
  let sent = 0

  async function keepSending(): Promise<void> {
    while (accepted < afterAccepted) {
      const kind = poolKinds[sent % poolKinds.length] ?? 'finished'
      sent += 1
      const poolId = addPool(ground.model, kind, ground.now())
      const answer = await sender.send(poolId)
      if (isAccepted(answer)) accepted += 1
      delivered.push({ poolId, kind, status: answer.status, isAccepted: isAccepted(answer) })
    }
    // The others are in the midst of theirs.
    program.kill('SIGKILL')
  }
  await Promise.all(Array.from({ length: senders }, keepSending))
  await program.ended
  sender.close()
  return delivered
}
