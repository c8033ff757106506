import { describe, expect, test } from '@jest/globals'
import { defaultPersonality, personalities } from '../fake-toloka/personality.ts'
import type { Personality } from '../fake-toloka/personality.ts'
import { conclude } from './conclude.ts'
import { startProbedFake } from './probed-fake.ts'

/** The switches that nobody could find out from outside, whatever the kit does. */
function hiddenSwitches(personality: Personality, burst: boolean): readonly string[] {
  const { earlyArchive, pendingWork, refusalBody, secondArchive, dateHeader } = personality
  const hasFailures = [earlyArchive, pendingWork].includes('accepted-then-fails')
  const isSilent = refusalBody === 'empty'
  const isSecondRefused = secondArchive === 'locked' || secondArchive === 'exists'
  return [
    'nineDays',
    ...(hasFailures ? [] : ['failDetails']),
    ...(burst ? [] : ['retryAfter', 'quotaInterval']),
    ...(burst && isSilent ? ['quotaInterval'] : []),
    ...(isSilent ? ['wrongStatusCode'] : []),
    ...(isSilent && isSecondRefused ? ['secondArchive'] : []),
    ...(dateHeader === 'absent' ? ['dateHeaderSkewMs'] : []),
  ].toSorted()
}

/** Using up a quota takes long, so it is done where it makes a difference. */
function needsBurst(personality: Personality): boolean {
  const names = ['retryAfter', 'quotaInterval', 'refusalBody'] as const
  return names.some((name) => personality[name] !== defaultPersonality[name])
}

/**
 * The kit must name every Toloka that it meets. In parts, so that they run side by side.
 *
 * @param part from 1
 */
export function describePersonalities(part: number, parts: number): void {
  const these = personalities.filter((_, index) => index % parts === part - 1)
  describe('The probe kit names the Toloka that it met', () => {
    test.each(these)('$name', async ({ personality }) => {
      const ground = await startProbedFake(personality)
      try {
        const burst = needsBurst(personality)
        const outcome = await ground.probe({ burst })
        expect(outcome.failures).toEqual([])
        const seen = conclude(outcome.findings)
        const hidden = hiddenSwitches(personality, burst)
        expect(Object.keys(seen.notObserved).toSorted()).toEqual(hidden)
        expect(Object.values(seen.notObserved).every((why) => why.length > 10)).toBe(true)
        const visible = Object.entries(personality).filter(([name]) => !hidden.includes(name))
        expect(seen.personality).toEqual(Object.fromEntries(visible))
      } finally {
        await ground.close()
      }
    })
  })
}
