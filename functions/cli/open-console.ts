import { InvalidArgumentError } from 'commander'
import { loadEnvironmentFile, readConsoleConfig } from '../runtime/config.ts'
import { processEnvironment } from '../runtime/process-environment.ts'
import { openLocalConsole } from '../runtime/local-console.ts'
import type { OperatorConsole } from '../runtime/operator-console.ts'
import type { GlobalOptions } from './global-options.ts'

/**
 * Opens what the options name: a stack on AWS, or else the data file of the settings here. Those
 * settings are about the archiver on this machine, so with a stage they are not even read.
 *
 * @throws ConfigError, DataFileError, WrongStageError, StageError
 */
export async function openConsole({
  stage,
  region,
}: Pick<GlobalOptions, 'stage' | 'region'>): Promise<OperatorConsole> {
  if (stage !== undefined) {
    // The SDK of AWS takes a while to load.
    const { openStageConsole } = await import('../runtime/stage-console.ts')
    return openStageConsole({ stage, region: region ?? null }, processEnvironment())
  }
  if (region !== undefined) {
    throw new InvalidArgumentError('--region says where a stage is: give --stage as well.')
  }
  loadEnvironmentFile()
  return openLocalConsole(readConsoleConfig(processEnvironment()))
}
