import type { Kit, Need } from './probe.ts'

const remedies: Readonly<Record<Need, string>> = {
  toloker:
    'Needs an answer by a Toloker: run again with --wait 30m, and take the tasks of the pools that it names, as a Toloker in the sandbox.',
  webhook: 'Needs a public address that leads to this machine: --webhook-url https://….',
  'foreign-pool':
    'Needs the id of a pool of another account: --foreign-pool <id>; it is only read.',
  burst: 'Uses up the quota of new pools for a minute, so it has to be asked for: --burst.',
}

/** Why something cannot be asked with what there is, and what to do; null if it can. */
export function missingEquipment(need: Need | undefined, kit: Kit): string | null {
  if (need === undefined) return null
  const isThere = {
    toloker: kit.tolokers !== null,
    webhook: kit.webhooks !== null,
    'foreign-pool': kit.foreignPool !== null,
    burst: kit.burst,
  }[need]
  return isThere ? null : remedies[need]
}
