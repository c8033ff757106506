import type * as z from 'zod/mini'
import { findScopeContradictions } from './archiver-settings.ts'
import { sweepSettings, wakeUpSettings } from './aws-settings.ts'
import { ConfigError } from './config-error.ts'
import { readEnvironment, type Environment } from './read-settings.ts'
import { StageError, WrongStageError } from './stage-error.ts'
import { webhookSettings } from './webhook-settings.ts'

/** What the functions of a deployed stack are told. */
export interface StageSettings {
  readonly webhook: z.output<typeof webhookSettings>
  readonly wakeUp: z.output<typeof wakeUpSettings>
  readonly sweep: z.output<typeof sweepSettings>
}

/** As serverless.yml and osls name the functions of a stage. */
export function functionNamesOf(stage: string) {
  const name = (part: string): string => `toloka-pool-archiver-${stage}-${part}`
  return { webhook: name('webhook'), wakeUp: name('wake-up'), sweep: name('sweep') }
}

/**
 * Reads what the functions are told, as they read it.
 *
 * @param place the stage and the region, for people
 * @param read null if there is no such function
 * @throws WrongStageError if there is no such stage
 * @throws StageError if this program and the deployed one do not fit
 */
export async function readStageSettings(
  stage: string,
  place: string,
  read: (functionName: string) => Promise<Environment | null>,
): Promise<StageSettings> {
  const names = functionNamesOf(stage)
  const told = async (name: string): Promise<Environment> => {
    const environment = await read(name)
    if (environment !== null) return environment
    throw new WrongStageError(
      `There is no ${place}, as far as this AWS account goes (no function ${name}). ` +
        'Check --stage, --region and whose credentials these are.',
    )
  }
  const [webhook, wakeUp, sweep] = await Promise.all([
    told(names.webhook),
    told(names.wakeUp),
    told(names.sweep),
  ])
  try {
    return {
      webhook: readEnvironment(webhookSettings, webhook),
      wakeUp: readEnvironment(wakeUpSettings, wakeUp, findScopeContradictions),
      sweep: readEnvironment(sweepSettings, sweep, findScopeContradictions),
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const problems = error.problems.map(({ name, problem }) => `${name} ${problem}`)
    throw new StageError(
      `What runs as ${place} is not of the version of this command line (${problems.join(', ')}). ` +
        'Use the command line of that version, or deploy this one.',
      { cause: error },
    )
  }
}
