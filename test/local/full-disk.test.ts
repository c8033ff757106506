import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openGround, type Ground } from '../load/ground.ts'
import { judgeKills } from '../load/judge-kills.ts'
import { runOutOfDisk } from '../load/run-out-of-disk.ts'
import { settle } from '../load/settle.ts'
import { mountSmallDisk, type SmallDisk } from '../load/small-disk.ts'

/** Only root may mount a disk. */
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip

describeAsRoot('A full disk', () => {
  let disk: SmallDisk | null
  let ground: Ground | null = null

  beforeEach(() => {
    disk = mountSmallDisk()
  })
  afterEach(async () => {
    await ground?.close()
    disk?.remove()
  })

  test.each([
    ['pipe', /WEBHOOK_FAILED .*cannot grow because the disk is full\. Make room/],
    ['same-disk', /\n\d+ lines are missing here: they could not be written\.\n/],
  ] as const)('is a 503, loses nothing, and is got over (journal: %s)', async (journal, said) => {
    if (disk === null) return // Not even root may mount in some containers.
    ground = await openGround({ folder: disk.folder })
    ground.blindSweeps()
    const outcome = await runOutOfDisk(ground, disk, journal)

    expect(outcome).toMatchObject({
      statusesWhileFull: new Set([503]),
      answerWhileFull: {
        status: 503,
        body: { problem: 'The events could not be stored. Please send them again.' },
      },
      healthWhileFull: 503,
      healthAfterwards: 200,
      exitCode: 0,
    })
    expect(outcome.journal).toMatch(said)
    const poolIds = outcome.delivered.map(({ poolId }) => poolId)
    expect(judgeKills(ground.model, outcome.delivered, await settle(ground, poolIds))).toEqual({
      lost: [],
      misplaced: [],
      archivedTwice: [],
      violations: [],
    })
  })
})
