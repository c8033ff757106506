import { openGround } from './ground.ts'
import { judgeKills } from './judge-kills.ts'
import { runOutOfDisk } from './run-out-of-disk.ts'
import type { Report, Scenario } from './scenario.ts'
import { settle } from './settle.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

export const disk: Scenario = {
  title: 'A full disk: clear errors, nothing lost, and on again by itself',
  run: async (report) => {
    for (const journal of ['pipe', 'same-disk'] as const) {
      const smallDisk = mountSmallDisk()
      if (smallDisk === null) {
        report.check(false, 'a small disk can be mounted (run this as root)')
        return
      }
      try {
        await fillDisk(report, smallDisk, journal)
      } finally {
        smallDisk.remove()
      }
    }
  },
}

async function fillDisk(
  report: Report,
  smallDisk: SmallDisk,
  journal: 'pipe' | 'same-disk',
): Promise<void> {
  const ground = await openGround({ folder: smallDisk.folder })
  try {
    ground.blindSweeps()
    const outcome = await runOutOfDisk(ground, smallDisk, journal)
    const { delivered, statusesWhileFull, answerWhileFull } = outcome
    const poolIds = delivered.map(({ poolId }) => poolId)
    const faults = judgeKills(ground.model, delivered, await settle(ground, poolIds))
    const accepted = delivered.filter(({ isAccepted }) => isAccepted).length
    report.figure('journal', journal)
    report.figure('deliveries', `${accepted} accepted, ${delivered.length - accepted} not`)
    report.figure('answer while it is full', JSON.stringify(answerWhileFull))
    const statuses = [...statusesWhileFull]
    report.check(
      statuses.length === 1 && statuses[0] === 503,
      `a full disk is a 503 (${statuses.join(', ')})`,
    )
    report.check(outcome.healthWhileFull === 503, 'and so says /healthz')
    report.check(outcome.healthAfterwards === 200, 'with room again, it goes on by itself')
    report.check(outcome.exitCode === 0, 'the archiver lived through it')
    const said =
      journal === 'pipe' ? /WEBHOOK_FAILED .*disk is full\. Make room/ : /lines are missing here/
    report.check(said.test(outcome.journal), `the journal says ${String(said)}`)
    report.check(faults.lost.length === 0, `nothing accepted is lost (${faults.lost.length})`)
    report.check(faults.misplaced.length === 0, `${faults.misplaced.length} pools are misplaced`)
    report.check(faults.violations.length === 0, 'nothing was archived that must not be')
  } finally {
    await ground.close()
  }
}
