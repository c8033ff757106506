import { createApp } from '../../functions/local/app.ts'
import { listen } from '../../functions/page/http-server.ts'
import type { PageAccess } from '../../functions/page/page-access.ts'
import { fromThisMachine } from '../../functions/page/page-access.ts'
import { openBox, type Box } from '../local/box.ts'
import { Person } from './person.ts'

export interface PageBox {
  readonly box: Box
  readonly url: string
  readonly person: Person
  readonly close: () => Promise<void>
}

/** The archiver with its pages, for those who may. */
export async function openPageBox(access: Partial<PageAccess> = {}): Promise<PageBox> {
  const box = await openBox()
  const app = createApp(box.archiver, { ...fromThisMachine, ...access })
  const { url, close } = await listen(app, '127.0.0.1', 0)
  return {
    box,
    url,
    person: new Person(url),
    close: async () => {
      await close()
      await box.close()
    },
  }
}
