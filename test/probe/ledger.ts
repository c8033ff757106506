import { fieldsOf, isOk, itemsOf, textOf } from './answer.ts'
import type { Answer } from './answer.ts'

/** What can be made at Toloka, as its paths call it. */
export type Kind = 'projects' | 'pools' | 'trainings' | 'webhook-subscriptions' | 'assignments'

const kinds: readonly Kind[] = [
  'projects',
  'pools',
  'trainings',
  'webhook-subscriptions',
  'assignments',
]

/** Far above any id that Toloka has given to a pool. */
export const nobodysPool = '999999999999999'

/**
 * What this run has made. Every request that changes something passes by here, and is not sent if
 * it is about anything else: whatever a probe gets wrong, no other pool can be archived.
 */
export class Ledger {
  readonly #own = new Map<Kind, Set<string>>(kinds.map((kind) => [kind, new Set()]))
  #isNobodysPoolAbsent = false
  /** Requests that may have made something, but had no answer. */
  readonly doubtful: string[] = []

  /** Ids of one kind, oldest first. */
  all(kind: Kind): readonly string[] {
    return [...(this.#own.get(kind) ?? [])]
  }

  has(kind: Kind, id: string): boolean {
    return this.#own.get(kind)?.has(id) === true
  }

  /** Throws if the request would change what this run has not made. */
  check(method: string, path: string, body: unknown): void {
    if (method === 'GET') return
    const [, kind = '', id, action] = path.split('/')
    if (id !== undefined && !this.#mayChange(kind, id, action)) {
      throw new Error(`${method} ${path} is not sent: this run has not made that`)
    }
    for (const one of Array.isArray(body) ? body : [body]) this.#checkReferences(method, path, one)
  }

  /** Learns from an answer what now exists. */
  learn(answer: Answer): void {
    const [path = ''] = answer.target.split('?')
    if (answer.method === 'GET' && path === `/pools/${nobodysPool}`) {
      this.#isNobodysPoolAbsent = answer.status === 404 || answer.status === 403
    }
    if (!isOk(answer)) return
    const [, collection, id] = path.split('/')
    const kind = kinds.find((one) => one === collection)
    if (kind === undefined || id !== undefined) return
    if (kind === 'assignments') this.#learnListed('assignments', answer, 'pools', 'pool_id')
    else if (answer.method === 'GET') {
      // The answer to a request that made a pool can be lost, but its project is known.
      if (kind === 'pools') this.#learnListed('pools', answer, 'projects', 'project_id')
    } else {
      const { items } = fieldsOf(answer.json)
      for (const made of [answer.json, ...Object.values(fieldsOf(items))]) {
        const madeId = textOf(made, 'id')
        if (madeId !== null) this.#own.get(kind)?.add(madeId)
      }
    }
  }

  /** What belongs to something of this run was made by it as well. */
  #learnListed(kind: Kind, answer: Answer, ownerKind: Kind, ownerField: string): void {
    for (const item of itemsOf(answer)) {
      const id = textOf(item, 'id')
      const isOurs = this.has(ownerKind, textOf(item, ownerField) ?? '')
      if (id !== null && isOurs) this.#own.get(kind)?.add(id)
    }
  }

  #mayChange(kind: string, id: string, action: string | undefined): boolean {
    if (kinds.some((one) => one === kind && this.has(one, id))) return true
    // A training asked for as if it were a pool, and a pool that was just seen not to exist.
    const isNobodys = id === nobodysPool && this.#isNobodysPoolAbsent
    return kind === 'pools' && action === 'archive' && (this.has('trainings', id) || isNobodys)
  }

  #checkReferences(method: string, path: string, body: unknown): void {
    const references = [
      ['projects', textOf(body, 'project_id')],
      ['pools', textOf(body, 'pool_id')],
    ] as const
    for (const [kind, id] of references) {
      if (id === null || this.has(kind, id)) continue
      throw new Error(`${method} ${path} is not sent: this run has not made ${kind} ${id}`)
    }
  }
}
