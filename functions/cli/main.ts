import { userInfo } from 'node:os'
import { loadEnvironmentFile, processEnvironment, readConsoleConfig } from '../runtime/config.ts'
import { openLocalConsole } from '../runtime/local-console.ts'
import { runCli } from './run-cli.ts'

loadEnvironmentFile()
process.exitCode = await runCli(process.argv.slice(2), {
  terminal: process,
  operator: userInfo().username,
  open: async () => openLocalConsole(readConsoleConfig(processEnvironment())),
})
