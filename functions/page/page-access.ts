/** Who may see the page, and under which names it may be asked for. */
export interface PageAccess {
  /** The address at which it listens. */
  readonly host: string
  /** Other names by which people reach it, such as that of a proxy before it. */
  readonly names: readonly string[]
  /** Null: whoever reaches it may use it. */
  readonly password: string | null
  /** Who sits there if no password asks for a name; not said: nobody knows. */
  readonly operator?: string
}

/** Only from this machine, where no password is needed. */
export const fromThisMachine: PageAccess = { host: '127.0.0.1', names: [], password: null }
