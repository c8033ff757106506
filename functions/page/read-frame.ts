import type { Frame } from './page.ts'
import type { PageArchiver } from './page-archiver.ts'

export async function readFrame({ readStatus, clock }: PageArchiver): Promise<Frame> {
  return { status: await readStatus(), now: clock.now() }
}
