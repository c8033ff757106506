import { ConfigError } from '../functions/runtime/config-error.ts'
import { readStageParameters } from './stage-parameters.ts'
import { planStage, type StagePlan } from './stage-plan.ts'

/** What osls offers to a file that serverless.yml refers to. */
export interface Resolver {
  readonly options: { readonly param?: readonly string[] | null }
  readonly resolveVariable: (source: string) => Promise<unknown>
  readonly resolveConfigurationProperty: (path: readonly string[]) => Promise<unknown>
}

/**
 * The values that serverless.yml takes from `custom.stage`.
 *
 * @throws ConfigError with everything that is wrong with the parameters
 */
export async function resolveStage(resolver: Resolver): Promise<StagePlan> {
  const stage = String(await resolver.resolveVariable('sls:stage'))
  const service = String(await resolver.resolveVariable('self:service'))
  const values = await collectParameters(resolver, stage)
  try {
    return planStage({ service, stage, parameters: readStageParameters(values) })
  } catch (error) {
    // osls prints the stack, where the list of problems would be lost.
    if (error instanceof ConfigError) error.stack = error.message
    throw error
  }
}

/** By name, from the command line and from infra/parameters.yml; all of them, also unknown ones. */
async function collectParameters(
  { options, resolveVariable, resolveConfigurationProperty }: Resolver,
  stage: string,
): Promise<Readonly<Record<string, unknown>>> {
  const names = new Set((options.param ?? []).map((text) => text.split('=', 1)[0] ?? ''))
  for (const section of ['default', stage]) {
    const values = await resolveConfigurationProperty(['params', section])
    for (const name of Object.keys(values ?? {})) names.add(name)
  }
  const values: Record<string, unknown> = {}
  for (const name of names) values[name] = await resolveVariable(`param:${name}`)
  return values
}
