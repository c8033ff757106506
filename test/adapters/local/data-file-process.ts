// Another process at a data file, for tests:
//   node data-file-process.ts hold <file>          opens it as the archiver, says so, and stays
//   node data-file-process.ts open <file>          opens it as the archiver, says so, and ends
//   node data-file-process.ts open-as-nobody <file> the same, but not as root, who may do everything
//   node data-file-process.ts raise <file> <times> writes the next version of pool 17 so often
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { RecordChanged } from '../../../functions/application/ports.ts'
import { decideAgain } from '../../contract/records.ts'

const [, , task = '', path = '', times = '0'] = process.argv

/** Returns how often somebody else was faster. */
async function raise(): Promise<number> {
  const dataFile = openDataFile(path, { exclusive: false })
  const store = createArchivalStore(dataFile)
  let lost = 0
  for (let done = 0; done < Number(times);) {
    const record = await store.get('17')
    if (record === null) throw new Error('There is no record.')
    try {
      await store.put(decideAgain(record), record.version)
      done += 1
    } catch (error) {
      if (!(error instanceof RecordChanged)) throw error
      lost += 1
    }
  }
  dataFile.close()
  return lost
}

async function run(): Promise<void> {
  try {
    if (task === 'raise') {
      process.stdout.write(`lost ${await raise()}\n`)
      return
    }
    if (task === 'open-as-nobody' && process.getuid?.() === 0) process.setuid?.(65_534)
    openDataFile(path, { exclusive: true })
    process.stdout.write('open\n')
    if (task === 'hold') setInterval(() => {}, 60_000)
  } catch (error) {
    process.stdout.write(`${String(error)}\n`)
  }
}

void run()
