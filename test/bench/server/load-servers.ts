import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { openGround, type Ground } from '../../load/ground.ts'
import { processorSeconds } from '../../load/memory.ts'
import { startProgram, type Program } from '../../local/archiver-process.ts'
import { addFinishedPool } from '../../local/box.ts'
import { eventually } from '../../support/eventually.ts'
import { fullSpeedReport, type FullSpeedPlan } from './deliver-at-full-speed.ts'

export interface LoadPlan {
  readonly rounds: number
  /** Rounds before these, which are not counted: until what is compiled is compiled. */
  readonly warmUps: number
  readonly seconds: number
  readonly connections: number
  /** They take turns: as many webhooks as there are pools are about another one each. */
  readonly pools: number
  /** False: Toloka cannot be reached, so no pool is looked at and every hint stays where it is. */
  readonly isLooking: boolean
}

export interface Round {
  readonly accepted: number
  readonly seconds: number
  /** Of the server, for each webhook. */
  readonly processorMicroseconds: number
  /** As a share of one core: near 1, it is the sender that was measured. */
  readonly senderBusy: number
}

export interface Loaded {
  readonly ours: readonly Round[]
  readonly bare: readonly Round[]
  /** All that were answered by 200, warming up included. */
  readonly accepted: { readonly ours: number; readonly bare: number }
}

interface Server {
  readonly url: string
  readonly program: Program
  readonly rounds: Round[]
}

/** Where a ground keeps what the bare server stores. */
export function bareFileOf({ dataFile }: Pick<Ground, 'dataFile'>): string {
  return `${dataFile}.bare`
}

/**
 * Loads an archiver and a bare server in turns, each in a process of its own, and the sender in
 * another. Whichever is not loaded is stopped meanwhile, and takes nothing from the other.
 *
 * @param inspect looks at the files of both when all is over
 */
export async function loadServers(
  plan: LoadPlan,
  inspect: (ground: Ground) => void = () => {},
): Promise<Loaded> {
  const ground = await openGround({ settings: { MAX_REQUESTS_PER_SECOND: '20' } })
  const bare = startProgram('test/bench/server/bare-server-process.ts', [bareFileOf(ground)])
  try {
    const servers = [await startOurs(ground, plan), await startBare(bare)] as const
    const poolIds = addPools(ground, plan.pools)
    for (const { program } of servers) program.kill('SIGSTOP')
    for (let round = -plan.warmUps; round < plan.rounds; round += 1) {
      for (const server of servers) server.rounds.push(await load(server, plan, poolIds))
    }
    for (const { program } of servers) {
      program.kill('SIGCONT')
      program.kill('SIGTERM')
      await program.ended
    }
    inspect(ground)
    const [{ rounds: ours }, { rounds: others }] = servers
    return {
      ours: ours.slice(plan.warmUps),
      bare: others.slice(plan.warmUps),
      accepted: { ours: countAccepted(ours), bare: countAccepted(others) },
    }
  } finally {
    bare.kill('SIGKILL')
    await bare.ended
    await ground.close()
  }
}

function countAccepted(rounds: readonly Round[]): number {
  return rounds.reduce((sum, { accepted }) => sum + accepted, 0)
}

/** As `npm start` does, with its journal in a file. */
async function startOurs(ground: Ground, { isLooking }: LoadPlan): Promise<Server> {
  if (!isLooking) {
    ground.fake.faults.next(
      { method: 'GET', path: /\/requester$/, times: Infinity },
      { kind: 'status', status: 503 },
    )
  }
  const log = `${ground.dataFile}.log`
  const output = openSync(log, 'a')
  const program = ground.launch(output)
  closeSync(output)
  const said = async (pattern: RegExp): Promise<string> =>
    eventually(
      () => pattern.exec(readFileSync(log, 'utf8'))?.[1] ?? '',
      (found) => found !== '',
    )
  const url = await said(/STARTED .* address=(\S+)/)
  // From here on nobody but the webhooks tells of a pool.
  if (isLooking) await said(/(SWEEP_FINISHED)/)
  return { url, program, rounds: [] }
}

async function startBare(program: Program): Promise<Server> {
  const [, url = ''] = await program.untilSaid(/STARTED address=(\S+)/)
  return { url, program, rounds: [] }
}

/** Half of them can be archived; a look at one of the others is one request. */
function addPools({ model, now }: Ground, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? addFinishedPool(model, `Finished ${index}`, now())
      : model.createPool({}, { status: 'OPEN' }),
  )
}

async function load(
  { url, program }: Server,
  { seconds, connections }: LoadPlan,
  poolIds: readonly string[],
): Promise<Round> {
  program.kill('SIGCONT')
  const busyBefore = processorSeconds(program.pid)
  const report = await deliverInProcess({ url, poolIds: [...poolIds], seconds, connections })
  const busy = processorSeconds(program.pid) - busyBefore
  program.kill('SIGSTOP')
  const { accepted, busy: senderBusy } = report
  return {
    accepted,
    seconds: report.seconds,
    processorMicroseconds: (busy / accepted) * 1e6,
    senderBusy,
  }
}

async function deliverInProcess(plan: FullSpeedPlan) {
  const script = fileURLToPath(new URL('full-speed-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(plan))
  return z.parse(fullSpeedReport, await json(child.stdout))
}
