import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import { DataFileBusyError } from '../../../functions/adapters/local/data-file-error.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { makeRecord } from '../../contract/records.ts'
import { startDataFileProcess } from './start-data-file-process.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts'

describe('Processes that meet at a data file', () => {
  let folder: TemporaryFolder
  let path: string
  let children: ChildProcess[]

  beforeEach(() => {
    folder = makeTemporaryFolder()
    path = folder.file('archiver.sqlite')
    children = []
  })
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL')
    folder.remove()
  })

  const start = (...words: string[]) => {
    const child = startDataFileProcess(...words)
    children.push(child)
    return child
  }

  const startHolder = async (): Promise<ChildProcess> => {
    const holder = start('hold', path)
    const [said] = await once(holder.stdout, 'data')
    expect(String(said)).toBe('open\n')
    return holder
  }

  test('a second archiver is refused, and says what to do', async () => {
    await startHolder()

    expect(() => openDataFile(path, { exclusive: true })).toThrow(DataFileBusyError)
    expect(await text(start('open', path).stdout)).toBe(
      `DataFileBusyError: Data file ${path} is in use by another archiver that is running. ` +
        'Stop that one first, or give this one another DATA_FILE.\n',
    )
  })

  test('the next archiver can start as soon as the first was killed', async () => {
    const holder = await startHolder()
    holder.kill('SIGKILL')
    await once(holder, 'exit')

    expect(await text(start('open', path).stdout)).toBe('open\n')
  })

  test('the next archiver can start as soon as the first has stopped', async () => {
    openDataFile(path, { exclusive: true }).close()

    expect(await text(start('open', path).stdout)).toBe('open\n')
  })

  test('a command line works beside the archiver that is running', async () => {
    await startHolder()
    const beside = openDataFile(path, { exclusive: false })
    await createArchivalStore(beside).put(makeRecord('17'), 0)

    expect(await createArchivalStore(beside).get('17')).toEqual(makeRecord('17'))
    beside.close()
  })

  test('of many who start at once on a new file, one gets it', async () => {
    const tries = Array.from({ length: 4 }, () => start('hold', path))
    const answers = await Promise.all(
      tries.map(async (child) => String((await once(child.stdout, 'data'))[0])),
    )

    expect(answers.filter((answer) => answer === 'open\n')).toHaveLength(1)
    expect(answers.filter((answer) => answer.startsWith('DataFileBusyError: '))).toHaveLength(3)
  })

  test('what one archiver wrote is there after it was killed', async () => {
    const holder = await startHolder()
    const beside = openDataFile(path, { exclusive: false })
    await createArchivalStore(beside).put(makeRecord('17'), 0)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const next = openDataFile(path, { exclusive: true })

    expect(await createArchivalStore(next).get('17')).toEqual(makeRecord('17'))
    next.close()
    beside.close()
  })

  test('no version is lost when several processes write the same record', async () => {
    const dataFile = openDataFile(path, { exclusive: true })
    const store = createArchivalStore(dataFile)
    await store.put(makeRecord('17'), 0)
    const times = 50
    const raisers = Array.from({ length: 3 }, () => start('raise', path, String(times)))
    const answers = await Promise.all(raisers.map(async ({ stdout }) => text(stdout)))

    expect(answers).toEqual(answers.map(() => expect.stringMatching(/^lost \d+\n$/)))
    expect(await store.get('17')).toMatchObject({ version: 1 + 3 * times })
    dataFile.close()
  })
})
