import type { Toloka } from '../../functions/application/ports.ts'

/** Puts something around a call; the name is that of the method. */
export type Watch = <Arguments extends unknown[], Result>(
  name: string,
  work: (...given: Arguments) => Promise<Result>,
) => (...given: Arguments) => Promise<Result>

/** Toloka, with each of its requests watched. */
export function watchToloka(toloka: Toloka, watch: Watch): Toloka {
  return {
    readPool: watch('readPool', toloka.readPool),
    listPools: watch('listPools', toloka.listPools),
    findPendingWork: watch('findPendingWork', toloka.findPendingWork),
    findRejection: watch('findRejection', toloka.findRejection),
    archivePool: watch('archivePool', toloka.archivePool),
    readOperation: watch('readOperation', toloka.readOperation),
    findArchiveOperations: watch('findArchiveOperations', toloka.findArchiveOperations),
    readRequester: watch('readRequester', toloka.readRequester),
  }
}
