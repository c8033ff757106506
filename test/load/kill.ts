import { openGround } from './ground.ts'
import { judgeKills } from './judge-kills.ts'
import { killAgainAndAgain } from './kill-again-and-again.ts'
import { findDamage } from './find-damage.ts'
import type { Scenario } from './scenario.ts'
import { settle } from './settle.ts'

export const kill: Scenario = {
  title: 'kill -9 again and again under load: nothing that was answered 2xx is lost',
  run: async (report, { kills, seed }) => {
    const ground = await openGround()
    try {
      ground.blindSweeps()
      const delivered = await killAgainAndAgain(ground, {
        kills,
        seed,
        accepted: { from: 20, to: 500 },
        earlyDeaths: 0.25,
      })
      const requests = ground.model.requests.total
      const settled = await settle(
        ground,
        delivered.map(({ poolId }) => poolId),
      )
      const faults = judgeKills(ground.model, delivered, settled)
      const accepted = delivered.filter(({ isAccepted }) => isAccepted).length
      const unanswered = delivered.filter(({ status }) => status === null).length
      const states = [...settled.records.values()].map(({ state }) => state)
      report.figure('kills', `${kills}, seed ${seed}`)
      report.figure('deliveries', `${accepted} accepted, ${unanswered} not answered`)
      report.figure('requests to Toloka', `${requests} by those that were killed`)
      report.figure('unknown before the last sweep', settled.unknown.size)
      for (const state of new Set(states)) {
        report.figure(`  ${state}`, states.filter((one) => one === state).length)
      }
      report.check(accepted + unanswered === delivered.length, 'no other answer was given')
      report.check(faults.lost.length === 0, `no accepted pool is lost (${faults.lost.length})`)
      report.check(
        faults.misplaced.length === 0,
        `every pool is where it belongs (${faults.misplaced.length} are not)`,
      )
      report.check(faults.archivedTwice.length === 0, 'no pool has two archive operations')
      report.check(faults.violations.length === 0, 'nothing was archived that must not be')
      const damage = findDamage(ground.dataFile)
      report.check(damage === 'ok', `the data file is whole (${damage})`)
    } finally {
      await ground.close()
    }
  },
}
