import { beginsAt, openBox, type Box } from '../local/box.ts'
import { canaries } from './canary.ts'

/** The archiver on one machine, with secrets that are looked for. */
export async function openCanaryBox(): Promise<Box> {
  const box = await openBox({
    TOLOKA_TOKEN: canaries.token,
    TOLOKA_WEBHOOK_SECRET: canaries.secret,
    TOLOKA_WEBHOOK_SECRET_PREVIOUS: canaries.previous,
  })
  box.model.changeToken(canaries.token)
  return box
}

/** The pools that wait to be looked at, which then wait no longer. */
export async function takeWoken({ archiver }: Box): Promise<readonly string[]> {
  const { queue } = archiver
  const taken = await queue.takeDue(beginsAt, 100)
  for (const { id } of taken) await queue.finish(id)
  return taken.map(({ wakeUp }) => wakeUp.poolId)
}
