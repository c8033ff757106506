import type { Environment } from './read-settings.ts'

/** The environment of this process. Nothing else reads it. */
export function processEnvironment(): Environment {
  return process.env
}
