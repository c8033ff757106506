import { jest } from '@jest/globals'
import { createCloudWatchJournal } from '../../functions/adapters/aws/cloudwatch-journal.ts'
import { createTextJournal } from '../../functions/adapters/system/text-journal.ts'
import { describeJournal } from './journal-contract.ts'
import { start } from './records.ts'

describeJournal('Text', (work) => {
  const lines: string[] = []
  work(createTextJournal({ now: () => start }, (line) => void lines.push(line)))
  return lines
})

describeJournal('CloudWatch', (work) => {
  const lines: string[] = []
  const note = (chunk: unknown): boolean => {
    lines.push(
      ...String(chunk)
        .split('\n')
        .filter((line) => line !== ''),
    )
    return true
  }
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation(note),
  )
  try {
    work(createCloudWatchJournal('archiver'))
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return lines
})
