import { loadEnvironmentFile } from '../runtime/config.ts'
import { start } from './start.ts'

loadEnvironmentFile()
process.exitCode = await start(process.argv.slice(2))
