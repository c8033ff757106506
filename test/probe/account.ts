import { describeAnswer, fieldsOf, isOk, itemsOf, textOf } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Clock } from './clock.ts'
import type { TolokaClient } from './toloka-client.ts'

const followEveryMs = 1000
const followForMs = 60_000
const yearMs = 365 * 24 * 3_600_000

export interface PoolWish {
  /** What the pool is for; a person looks for this name in the sandbox. */
  readonly purpose: string
  /** Without tasks it is a draft that cannot be opened. */
  readonly tasks?: number
  readonly qualityControl?: unknown
}

/** What an attempt to archive a pool led to. */
export interface Attempt {
  readonly outcome: 'refused' | 'accepted-then-fails' | 'archived' | 'unclear'
  /** The answer to the request, and the last one about its operation if there is one. */
  readonly evidence: readonly Answer[]
}

/** The things that probes do with projects and pools of their own. */
export class Account {
  readonly client: TolokaClient
  readonly #clock: Clock
  #projectId: string | null = null

  constructor(client: TolokaClient, clock: Clock) {
    this.client = client
    this.#clock = clock
  }

  /** The project of this run; it is made when it is first needed. */
  async project(): Promise<string> {
    this.#projectId ??= idOf(await this.#must('POST', '/projects', projectBody))
    return this.#projectId
  }

  /** A pool of this run. Nothing is open yet. */
  async makePool({ purpose, tasks = 0, qualityControl }: PoolWish): Promise<string> {
    const body = await this.poolBody(purpose)
    const quality = qualityControl === undefined ? {} : { quality_control: qualityControl }
    const poolId = idOf(await this.#must('POST', '/pools', { ...body, ...quality }))
    if (tasks === 0) return poolId
    const suites = Array.from({ length: tasks }, (_, index) => ({
      pool_id: poolId,
      tasks: [{ input_values: { text: `Probe ${index + 1}: any answer will do.` } }],
      overlap: 1,
    }))
    await this.#must('POST', '/task-suites', suites, { async_mode: 'false' })
    return poolId
  }

  async poolBody(purpose: string): Promise<object> {
    return {
      project_id: await this.project(),
      private_name: `Probe: ${purpose}`,
      private_comment: 'Made by the probe kit of toloka-pool-archiver; may be archived.',
      may_contain_adult_content: false,
      will_expire: new Date(this.#clock.now() + yearMs).toISOString().slice(0, 19),
      reward_per_assignment: 0.01,
      assignment_max_duration_seconds: 3600,
      auto_accept_solutions: false,
      auto_accept_period_day: 21,
      defaults: { default_overlap_for_new_task_suites: 1 },
    }
  }

  async makeTraining(): Promise<string> {
    const body = {
      project_id: await this.project(),
      private_name: 'Probe: training',
      may_contain_adult_content: false,
      assignment_max_duration_seconds: 600,
      mix_tasks_in_creation_order: true,
      shuffle_tasks_in_task_suite: true,
      training_tasks_in_task_suite_count: 1,
      task_suites_required_to_pass: 1,
      retry_training_after_days: 1,
      inherited_instructions: true,
      public_instructions: '',
    }
    return idOf(await this.#must('POST', '/trainings', body))
  }

  /** Opens, closes or closes for update, and waits until it is done. */
  async change(poolId: string, how: 'open' | 'close' | 'close-for-update'): Promise<void> {
    const answer = await this.#must('POST', `/pools/${poolId}/${how}`)
    const end = await this.follow(answer)
    if (end !== null && textOf(end.json, 'status') !== 'SUCCESS') throw new Error(unexpected(end))
  }

  archive(poolId: string): Promise<Answer> {
    return this.client.post(`/pools/${poolId}/archive`)
  }

  /** Asks to archive the pool, and follows what comes of it. */
  async tryToArchive(poolId: string): Promise<Attempt> {
    const answer = await this.archive(poolId)
    if (answer.status === 409) return { outcome: 'refused', evidence: [answer] }
    if (answer.status === 204) return { outcome: 'archived', evidence: [answer] }
    if (answer.status !== 202) return { outcome: 'unclear', evidence: [answer] }
    const end = (await this.follow(answer)) ?? answer
    const evidence = end === answer ? [answer] : [answer, end]
    const status = textOf(end.json, 'status')
    if (status === 'SUCCESS') return { outcome: 'archived', evidence }
    return { outcome: status === 'FAIL' ? 'accepted-then-fails' : 'unclear', evidence }
  }

  /** The last answer about the operation that was answered; null if there is none. */
  async follow(answer: Answer): Promise<Answer | null> {
    const operationId = textOf(answer.json, 'id')
    if (answer.status !== 202 || operationId === null) return null
    let last = answer
    for (let waitedMs = 0; isUnderWay(last) && waitedMs < followForMs; waitedMs += followEveryMs) {
      await this.#clock.wait(followEveryMs)
      last = await this.client.get(`/operations/${operationId}`)
    }
    return last
  }

  /** Answers of Tolokers with that status, oldest first. */
  async answersOf(poolId: string, status: string): Promise<readonly string[]> {
    const query = { pool_id: poolId, status, sort: 'created', limit: 100 }
    const items = itemsOf(await this.client.get('/assignments', query))
    return items.map((item) => textOf(item, 'id')).filter((id) => id !== null)
  }

  async review(assignmentId: string, status: 'ACCEPTED' | 'REJECTED'): Promise<void> {
    const body = { status, public_comment: 'An answer to a probe in the sandbox.' }
    await this.#must('PATCH', `/assignments/${assignmentId}`, body)
  }

  async #must(
    method: string,
    path: string,
    body?: unknown,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await this.client.send(method, path, { body, query })
    if (!isOk(answer)) throw new Error(unexpected(answer))
    return answer
  }
}

export function isUnderWay(answer: Answer): boolean {
  const status = textOf(answer.json, 'status')
  return isOk(answer) && (status === 'PENDING' || status === 'RUNNING')
}

function idOf(answer: Answer): string {
  const id = textOf(answer.json, 'id')
  if (id === null) throw new Error(`${describeAnswer(answer)}, without an id`)
  return id
}

/** Says what was answered, and by which fields of the request it was meant. */
function unexpected(answer: Answer): string {
  const { message, payload, details } = fieldsOf(answer.json)
  const said = [message, payload ?? details].filter((part) => part !== undefined && part !== null)
  return [describeAnswer(answer), ...said.map((part) => JSON.stringify(part))].join(', ')
}

const projectBody = {
  public_name: 'Probe of toloka-pool-archiver',
  public_description: 'Finds out how archiving behaves. Any answer will do.',
  public_instructions: 'Any answer will do.',
  private_comment: 'Made by the probe kit of toloka-pool-archiver; may be archived.',
  task_spec: {
    input_spec: { text: { type: 'string', required: true, hidden: false } },
    output_spec: { result: { type: 'string', required: false, hidden: false } },
    view_spec: {
      type: 'classic',
      assets: { script_urls: [] },
      markup: '<p>{{text}}</p>{{field type="input" name="result"}}',
      script: '',
      styles: '',
      settings: {},
    },
  },
  assignments_issuing_type: 'AUTOMATED',
}
