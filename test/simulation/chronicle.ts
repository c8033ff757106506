import type { Journal } from '../../functions/application/ports.ts'
import type { Census } from './census.ts'

/** What happens in a world: always counted, and told in words if somebody wants to read it. */
export class Chronicle {
  readonly census: Census
  readonly #now: () => number
  readonly #log: string[] | null

  constructor(census: Census, now: () => number, isLogged: boolean) {
    this.census = census
    this.#now = now
    this.#log = isLogged ? [] : null
  }

  /** Empty if nobody wanted it. */
  get log(): readonly string[] {
    return this.#log ?? []
  }

  note(kind: string, what: string): void {
    this.census.count(kind, what)
    this.#tell(`${kind}: ${what}`)
  }

  readonly journal: Journal = {
    write: (code, fields = {}) => this.#tell(`${code} ${JSON.stringify(fields)}`),
  }

  #tell(text: string): void {
    this.#log?.push(`${new Date(this.#now()).toISOString()} ${text}`)
  }
}
