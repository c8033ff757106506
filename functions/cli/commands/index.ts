import type { Command } from '../command.ts'
import { archiveNow } from './archive-now.ts'
import { explain } from './explain.ts'
import { exportAudit } from './export.ts'
import { hold } from './hold.ts'
import { list } from './list.ts'
import { pause } from './pause.ts'
import { release } from './release.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { subscriptions } from './subscriptions.ts'

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly Command[] = [
  list,
  explain,
  hold,
  release,
  archiveNow,
  retry,
  pause,
  resume,
  subscriptions,
  exportAudit,
]
