import type { Invocation } from './invocation.ts'
import type { Probe } from './probe.ts'

const leadIn = 20

/** What a run would make, send and archive. */
export function describePlan(invocation: Invocation): string {
  const { origin, probes } = invocation
  const lines = probes.map((probe) => {
    const gap = ' '.repeat(Math.max(1, leadIn - probe.name.length))
    return `  ${probe.name}${gap}${probe.does}${missing(probe, invocation)}`
  })
  return [
    `With --yes this would ask ${origin}, with a project of its own:`,
    '',
    ...lines,
    '',
    'In the end subscriptions are removed, and pools, trainings and the project are closed and archived;',
    'nothing can be deleted at Toloka. Nothing else of the account is changed. Nothing was sent now.',
  ].join('\n')
}

function missing({ needs }: Probe, invocation: Invocation): string {
  const { waitMs, isSandbox, foreignPool, burst, webhook } = invocation
  switch (needs) {
    case 'toloker':
      return isSandbox && waitMs === null ? ' (left out without --wait)' : ''
    case 'foreign-pool':
      return foreignPool === null ? ' (left out without --foreign-pool)' : ''
    case 'burst':
      return burst ? '' : ' (left out without --burst)'
    case 'webhook':
      return webhook === null ? ' (left out without --webhook-url)' : ''
    case undefined:
    default:
      return ''
  }
}
