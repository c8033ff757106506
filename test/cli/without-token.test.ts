import { expect, test } from '@jest/globals'
import { addFinishedPool, openBox } from '../local/box.ts'
import { runCommand } from '../aws/run-command.ts'

test('without a token a pool is explained as far as it is known, and the setting is named', async () => {
  const box = await openBox()
  try {
    const poolId = addFinishedPool(box.model)
    await box.archiver.sweep()
    const environment = { DATA_FILE: box.config.dataFile, TOLOKA_URL: box.fake.url }
    const { code, output } = await runCommand(
      process.execPath,
      ['functions/cli/main.ts', 'explain', poolId],
      { environment },
    )
    expect(code).toBe(1)
    expect(output).toMatch(/nothing was sent\. TOLOKA_TOKEN is not set, and this asks Toloka/)
    expect(output).toMatch(/State +watching|State +waiting/)
  } finally {
    await box.close()
  }
})
