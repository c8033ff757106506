import { environmentFor } from './aws-connection.ts'
import { startEmulator } from './emulator.ts'
import { keepEmulator } from './running-emulator.ts'

/** Once for all test files. */
export default async function setUp(): Promise<void> {
  const emulator = await startEmulator()
  keepEmulator(emulator)
  Object.assign(process.env, environmentFor(emulator.endpoint))
}
