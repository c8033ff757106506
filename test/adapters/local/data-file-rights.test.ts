import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { startDataFileProcess } from './start-data-file-process.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts'

describe('Opening a data file without the rights to it', () => {
  let folder: TemporaryFolder
  let path: string

  beforeEach(() => {
    folder = makeTemporaryFolder()
    path = folder.file('archiver.sqlite')
  })
  afterEach(() => {
    chmodSync(dirname(path), 0o777)
    folder.remove()
  })

  const openAsNobody = async (): Promise<string> =>
    text(startDataFileProcess('open-as-nobody', path).stdout)

  test('in a folder that may not be written says so', async () => {
    chmodSync(dirname(path), 0o555)

    expect(await openAsNobody()).toMatch(/cannot be opened\. Allow this user to read and write/)
    expect(readdirSync(dirname(path))).toEqual([])
  })

  test('in a folder that may no longer be written says so', async () => {
    writeFileSync(`${path}.lock`, '')
    chmodSync(`${path}.lock`, 0o666)
    chmodSync(dirname(path), 0o555)

    expect(await openAsNobody()).toMatch(/cannot be written\. Allow this user to write the file/)
    expect(readdirSync(dirname(path))).toEqual(['archiver.sqlite.lock'])
  })

  test('in a folder that may not even be entered says so', async () => {
    chmodSync(dirname(path), 0)

    expect(await openAsNobody()).toMatch(/cannot be reached\. Check DATA_FILE and the rights/)
  })

  describe('that is there', () => {
    beforeEach(() => {
      openDataFile(path, { exclusive: true }).close()
      chmodSync(`${path}.lock`, 0o666)
      chmodSync(dirname(path), 0o777)
    })

    test('and may only be read says so, and can be opened once that is put right', async () => {
      chmodSync(path, 0o444)

      expect(await openAsNobody()).toMatch(/cannot be written\. Allow this user to write the file/)

      chmodSync(path, 0o666)
      expect(await openAsNobody()).toBe('open\n')
    })

    test('and may not even be read says so', async () => {
      chmodSync(path, 0)

      expect(await openAsNobody()).toMatch(/cannot be opened\. Allow this user to read and write/)
    })
  })
})
