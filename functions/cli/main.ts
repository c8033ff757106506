import { userInfo } from 'node:os'
import { openConsole } from './open-console.ts'
import { runCli } from './run-cli.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: process,
  operator: userInfo().username,
  open: openConsole,
})
