import type { Answer } from './state-machine.ts'

/** What is used of the context of a durable execution, as its SDK has it. */
interface DurableContext {
  readonly step: <Result>(name: string, run: () => Promise<Result>) => Promise<Result>
  readonly wait: (name: string) => Promise<void>
}

interface Steps {
  readonly look: () => Promise<Answer>
  readonly archive: () => Promise<Answer>
  readonly follow: () => Promise<Answer>
  readonly tell: () => Promise<void>
}

/** The archiver as a durable function of Lambda: one execution for each closed pool, named after it. */
async function archiveDurably(context: DurableContext, steps: Steps): Promise<void> {
  while ((await context.step('look', steps.look)) === 'wait') await context.wait('until')
  let found = await context.step('archive', steps.archive)
  while (found === 'running') {
    await context.wait('a bit')
    found = await context.step('follow', steps.follow)
  }
  await context.step('tell', steps.tell)
}

export interface DurableCounts {
  /** The start of the execution, ends of steps, and waits: what is billed. */
  readonly operations: number
  /** The function is called once, and again after each wait. */
  readonly calls: number
}

/** Lets an execution run through, and counts. */
export async function runDurably(answers: readonly Answer[]): Promise<DurableCounts> {
  const left = [...answers]
  const next = async (): Promise<Answer> => {
    const answer = left.shift()
    if (answer === undefined) throw new Error('There is no answer left.')
    return answer
  }
  let [operations, calls] = [1, 1]
  const context: DurableContext = {
    step: async (_name, run) => {
      operations += 1
      return run()
    },
    wait: async () => {
      operations += 1
      calls += 1
    },
  }
  await archiveDurably(context, { look: next, archive: next, follow: next, tell: async () => {} })
  return { operations, calls }
}
