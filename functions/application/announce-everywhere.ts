import type { Announcer } from './ports.ts'

/** Some of the places that are to be told could not be. */
export class PartlyAnnounced extends Error {
  override readonly name = 'PartlyAnnounced'
  /** All that know it by now, also from before. */
  readonly toldTo: readonly string[]

  constructor(toldTo: readonly string[], problems: readonly string[]) {
    super(problems.join('; '))
    this.toldTo = toldTo
  }
}

/**
 * Announces in several places. Each is told until it knows, whatever becomes of the others: which of
 * them know is kept with the announcement.
 *
 * @param places by the names under which it is kept that they know; a name never changes its place
 */
export function announceEverywhere(places: Readonly<Record<string, Announcer>>): Announcer {
  return {
    announce: async (announcement) => {
      const toldTo = [...(announcement.toldTo ?? [])]
      const problems: string[] = []
      for (const [place, announcer] of Object.entries(places)) {
        if (toldTo.includes(place)) continue
        try {
          await announcer.announce(announcement)
          toldTo.push(place)
        } catch (error) {
          problems.push(String(error))
        }
      }
      if (problems.length > 0) throw new PartlyAnnounced(toldTo, problems)
    },
  }
}
