import { afterEach, expect, test } from '@jest/globals'
import { findDamage } from '../load/find-damage.ts'
import { openGround, type Ground } from '../load/ground.ts'
import { judgeKills } from '../load/judge-kills.ts'
import { killAgainAndAgain } from '../load/kill-again-and-again.ts'
import { settle } from '../load/settle.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'

const folder = makeTemporaryFolder()
let ground: Ground | null = null

afterEach(async () => {
  await ground?.close()
  folder.remove()
})

test('kill -9 twice in the midst of webhooks loses nothing that was answered by 2xx', async () => {
  ground = await openGround({ folder: folder.file('') })
  ground.blindSweeps()
  const delivered = await killAgainAndAgain(ground, {
    kills: 2,
    seed: 1,
    accepted: { from: 30, to: 60 },
    earlyDeaths: 0,
  })
  const accepted = delivered.filter(({ isAccepted }) => isAccepted)
  expect(accepted.length).toBeGreaterThanOrEqual(60)
  const settled = await settle(
    ground,
    delivered.map(({ poolId }) => poolId),
  )

  expect(judgeKills(ground.model, delivered, settled)).toEqual({
    lost: [],
    misplaced: [],
    archivedTwice: [],
    violations: [],
  })
  expect(findDamage(ground.dataFile)).toBe('ok')
})
