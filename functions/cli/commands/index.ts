import type { Command } from '../command.ts'
import { archiveNow } from './archive-now.ts'
import { dashboard } from './dashboard.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { exportAudit } from './export.ts'
import { hold } from './hold.ts'
import { list } from './list.ts'
import { pause } from './pause.ts'
import { plan } from './plan.ts'
import { redrive } from './redrive.ts'
import { release } from './release.ts'
import { replay } from './replay.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { subscriptions } from './subscriptions.ts'
import { sweep } from './sweep.ts'

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly Command[] = [
  list,
  explain,
  plan,
  hold,
  release,
  archiveNow,
  retry,
  pause,
  resume,
  sweep,
  subscriptions,
  redrive,
  replay,
  exportAudit,
  doctor,
  dashboard,
]
