import { styleText } from 'node:util'
import Table from 'cli-table3'
import { noLines } from '../../functions/cli/table.ts'
import { toIso, type Instant } from '../../functions/domain/instant.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import type { Ending, Faults, Story } from '../scenarios/story.ts'
import { minute } from './minute.ts'

/** The table at the end of the demo, and the line that says it all. */
export function reportForPeople({ endings, faults }: Story, seconds: number): string {
  const table = new Table({
    head: [
      'Pool',
      'What happened',
      'Why it waited',
      'Allowed from',
      'Archived at',
      'Operation',
    ].map((title) => styleText('bold', title)),
    colWidths: [22, 32, 22, 18, 18, 21],
    wordWrap: true,
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  })
  for (const ending of endings) table.push(row(ending))
  const wrong = endings.filter(({ endedAsItShould }) => !endedAsItShould)
  return [
    '',
    table.toString(),
    '',
    ...wrong.map(({ life }) => styleText('red', `${life.name} did not end as it should.`)),
    `${endings.length} pools, two weeks, ${seconds.toFixed(1)} s.`,
    verdict(faults),
  ].join('\n')
}

export function reportForMachines({ endings, faults }: Story): string {
  const pools = endings.map(({ life, poolId, record, allowedAt, archivedAt, ...rest }) => ({
    poolId,
    life: life.name,
    what: life.title,
    state: record?.state ?? null,
    reason: record?.reason ?? null,
    allowedAt: iso(allowedAt),
    archivedAt: iso(archivedAt),
    operationId: record?.operations.at(-1)?.id ?? null,
    requests: rest.requests,
    endedAsItShould: rest.endedAsItShould,
  }))
  return JSON.stringify({ pools, ...faults }, null, 2)
}

function row({ life, record, allowedAt, archivedAt }: Ending): string[] {
  return [
    styleText('bold', life.name),
    life.title,
    record ? whyItWaited(record) : 'unknown',
    moment(allowedAt),
    moment(archivedAt),
    record?.operations.at(-1)?.id.replace(/.{19}/, '$&\n') ?? '–',
  ]
}

/** The reasons that kept it out of the archive, each once. */
function whyItWaited({ history }: ArchivalRecord): string {
  const waits = history.filter(({ state }) => ['waiting', 'watching', 'held'].includes(state))
  const waited = new Set(waits.map(({ reason }) => reason))
  waited.delete('discovered')
  return waited.size === 0 ? '–' : [...waited].join(', ')
}

function verdict({ early, twice, forgotten }: Faults): string {
  const isGood = early + twice + forgotten === 0
  return styleText(
    isGood ? 'green' : 'red',
    `${early} early, ${twice} twice, ${forgotten} forgotten`,
  )
}

function moment(instant: Instant | null): string {
  return instant === null ? '–' : minute(instant)
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant)
}
