import { createPostMessage } from '../../functions/adapters/slack/post-message.ts'
import { createSlackNotifier } from '../../functions/adapters/slack/slack-notifier.ts'
import type { JournalCode } from '../../functions/application/journal.ts'
import type { JournalFields, Notifier } from '../../functions/application/ports.ts'
import { sweepAndTell } from '../../functions/application/sweep-and-tell.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import { closedPool, pass } from './closed-pools.ts'
import { startSlack, type SlackServer } from './slack-server.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts'

/** A workbench whose sweeps tell people, and what stands for Slack. */
export interface NoticeBench extends Workbench {
  readonly slack: SlackServer
  /** To the Slack; of a new process, which remembers nothing, each time. */
  readonly notifier: () => Notifier
  /** What the other notifier was told: the one to which alarms come by themselves. */
  readonly mailed: readonly string[]
  readonly mail: Notifier
  /** Sweeps every hour. */
  readonly sweepFor: (hours: number, notifiers?: readonly Notifier[]) => Promise<void>
  /** Archives a pool, and gives its id. */
  readonly archiveOne: () => Promise<string>
  readonly entriesOf: (code: JournalCode) => readonly JournalFields[]
}

export async function setUpNoticeBench(options: WorkbenchOptions = {}): Promise<NoticeBench> {
  const bench = await setUpWorkbench(options)
  const slack = await startSlack()
  const mailed: string[] = []
  const notifier = (): Notifier => {
    const { clock } = bench.dependencies
    const postMessage = createPostMessage({ address: async () => slack.address, clock })
    return createSlackNotifier(postMessage, 'archiver')
  }
  return {
    ...bench,
    slack,
    notifier,
    mailed,
    mail: {
      place: 'mail',
      hasAlarms: true,
      notify: async ({ subject }) => void mailed.push(subject),
    },
    async sweepFor(hours, notifiers = [notifier()]) {
      for (let count = 0; count < hours; count += 1) {
        await sweepAndTell(bench.dependencies, notifiers, 'tester')
        await pass(bench, hourMs)
      }
    },
    async archiveOne() {
      const poolId = closedPool(bench)
      await bench.hint(poolId)
      return poolId
    },
    entriesOf: (code) =>
      bench.journal.filter((entry) => entry.code === code).map(({ fields }) => fields),
    async close() {
      await bench.close()
      await slack.close()
    },
  }
}
