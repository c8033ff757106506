/** A part of an answer, for people. Parsing takes any depth, and writing does not. */
export function writeJson(part: unknown): string {
  try {
    return JSON.stringify(part)
  } catch {
    return '(nested too deeply to be shown)'
  }
}
