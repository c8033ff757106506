import * as z from 'zod/mini'

/** A text that does not fit a setting, and what would. */
export class Unfit {
  readonly expected: string

  constructor(expected: string) {
    this.expected = expected
  }
}

/** Reads the text of a setting. */
export type Parse<Value> = (text: string) => Value | Unfit

/** What there is to say of a setting beside how it is read. */
export interface SettingNote {
  /** As it would be written in the environment; null if there is none. */
  readonly default: string | null
  /** Its value is never shown. */
  readonly secret: boolean
}

/** The notes of all settings, by their schemas. */
export const settingNotes = z.registry<SettingNote>()

/** A setting that has a default. */
export function withDefault<Value>(text: string, parse: Parse<Value>) {
  return note(
    reading((given) => parse(given ?? text)),
    { default: text, secret: false },
  )
}

/** A setting that may be absent; its value is then null. */
export function optional<Value>(parse: Parse<Value>, { secret = false } = {}) {
  return note(
    reading((given) => (given === undefined ? null : parse(given))),
    { default: null, secret },
  )
}

/** A setting that must be there. */
export function required<Value>(expected: string, parse: Parse<Value>, { secret = false } = {}) {
  return note(
    reading((given) => (given === undefined ? new Unfit(expected) : parse(given))),
    { default: null, secret },
  )
}

function note<Schema extends z.core.$ZodType>(schema: Schema, words: SettingNote): Schema {
  settingNotes.add(schema, words)
  return schema
}

function reading<Value>(parse: (given: string | undefined) => Value | Unfit) {
  const transform = z.transform((given: string | undefined, { issues }): Value => {
    const value = parse(given)
    if (!(value instanceof Unfit)) return value
    issues.push({ code: 'custom', message: value.expected, input: given })
    return z.NEVER
  })
  return z.pipe(z.optional(z.string()), transform)
}
