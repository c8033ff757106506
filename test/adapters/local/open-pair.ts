import type { DataFile } from '../../../functions/adapters/local/data-file.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { makeTemporaryFolder } from '../../support/temporary-folder.ts'

/** One new data file, open twice: by the archiver, and by something beside it. */
export interface Pair {
  readonly own: DataFile
  readonly beside: DataFile
  readonly close: () => Promise<void>
}

export function openPair(): Pair {
  const folder = makeTemporaryFolder()
  const own = openDataFile(folder.file('archiver.sqlite'), { exclusive: true })
  const beside = openDataFile(folder.file('archiver.sqlite'), { exclusive: false })
  return {
    own,
    beside,
    close: async () => {
      beside.close()
      own.close()
      folder.remove()
    },
  }
}
