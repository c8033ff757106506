import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parsePlan, type StoredPlan } from '../application/plan-view.ts'
import { FileError } from './file-error.ts'

/**
 * Reads a plan that `writePlanFile` has written.
 *
 * @throws FileError
 */
export function readPlanFile(path: string): StoredPlan {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new FileError(path, 'cannot be read', error)
  }
  const plan = parsePlan(text)
  if (plan === null) {
    throw new FileError(path, 'is no whole plan, as "plan --output" writes it')
  }
  return plan
}

/**
 * Throws unless a plan may be written there: nobody loses another file by a mistyped name.
 *
 * @throws FileError
 */
export function checkPlanFile(path: string): void {
  if (existsSync(path)) readPlanFile(path)
}

/**
 * Writes a plan, whole or not at all.
 *
 * @throws FileError
 */
export function writePlanFile(path: string, view: object): void {
  const unfinished = `${path}.unfinished`
  try {
    // Names of pools are for those who may read the data file.
    writeFileSync(unfinished, `${JSON.stringify(view, null, 2)}\n`, { mode: 0o600 })
    renameSync(unfinished, path)
  } catch (error) {
    throw new FileError(path, 'cannot be written', error)
  }
}
