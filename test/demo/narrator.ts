import { styleText } from 'node:util'
import type { JournalCode } from '../../functions/application/journal.ts'
import type { Journal, JournalFields } from '../../functions/application/ports.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import { reasons } from '../../functions/domain/reasons.ts'
import type { Listener } from '../scenarios/story.ts'
import type { World } from '../scenarios/world.ts'
import { minute } from './minute.ts'

export interface Narrator {
  /** Hears what the archiver does. */
  readonly journal: Journal
  /** Hears what happens at Toloka. */
  readonly listener: Listener
  readonly begin: (world: World, pools: number) => void
}

type Sentence = (fields: JournalFields) => string

const sentences: Readonly<Partial<Record<JournalCode, Sentence>>> = {
  POOL_DISCOVER: () => 'is found by the sweep',
  POOL_WATCH: () => 'is open: waits for its next close',
  POOL_PLAN: (fields) => `waits until ${due(fields)}. ${reason(fields)}`,
  POOL_HOLD: (fields) => `stays. ${reason(fields)}`,
  POOL_SUBMIT: ({ attempt }) =>
    `requests the archive${attempt === 1 ? '' : `, attempt ${attempt}`}`,
  POOL_ACCEPT: ({ operationId }) => `operation ${operationId} is accepted`,
  POOL_FOLLOW: () => 'looks again soon: the operation is not finished',
  POOL_POSTPONE: (fields) => `looks again soon. ${reason(fields)}`,
  POOL_CONFIRM: ({ detail }) => styleText('green', `is archived. ${detail}`),
  POOL_CALL_OPERATOR: (fields) => styleText('red', `needs a person. ${reason(fields)}`),
}

/** Tells the story of the pools, line by line, with the time where it moves. */
export function createNarrator(say: (line: string) => void): Narrator {
  const names = new Map<string, string>()
  const lastTexts = new Map<string, string>()
  let now = (): number => 0
  let lastAt = 0

  /** What only repeats what was last said of a pool is not said again. */
  function line(poolId: string, mark: string, text: string): void {
    if (lastTexts.get(poolId) === text) return
    lastTexts.set(poolId, text)
    const at = now()
    const days = Math.floor((at - lastAt) / dayMs)
    if (lastAt > 0 && days > 0) say(styleText('dim', `… ${days} day${days > 1 ? 's' : ''} later`))
    const time = minute(at) === minute(lastAt) ? ' '.repeat(16) : minute(at)
    lastAt = at
    const name = (names.get(poolId) ?? poolId).padEnd(20)
    say(`${styleText('dim', time)}  ${styleText('bold', name)} ${mark} ${text}`)
  }

  return {
    begin(world, pools) {
      now = () => world.now
      say(styleText('bold', 'Toloka pool archiver: a demonstration'))
      say(`The real archiver and a fake Toloka at ${world.fake.url}, speaking HTTP.`)
      say(`The clock jumps from event to event: ${pools} pools, two weeks. All times are UTC.`)
      say('● is what happens at Toloka, → what the archiver does about it.\n')
    },
    listener: {
      begins: ({ name }, poolId) => void names.set(poolId, name),
      happens: (poolId, what) => line(poolId, styleText('yellow', '●'), what),
    },
    journal: {
      write(code, fields = {}) {
        const sentence = sentences[code]
        const { poolId } = fields
        if (sentence && typeof poolId === 'string') line(poolId, '→', sentence(fields))
      },
    },
  }
}

function due({ dueAt }: JournalFields): string {
  return typeof dueAt === 'string' ? minute(Date.parse(dueAt)) : 'later'
}

function reason({ reason: code, detail }: JournalFields): string {
  const sentence = Object.entries(reasons).find(([known]) => known === code)?.[1] ?? ''
  return detail ? `${sentence} ${detail}` : sentence
}
