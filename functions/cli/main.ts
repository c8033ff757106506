import { userInfo } from 'node:os'
import { openConsole } from './open-console.ts'
import { runCli } from './run-cli.ts'

process.stdout.on('error', (error) => {
  // Whoever read along, such as `head`, has had enough; anything else, such as a full disk, has cut
  // short what was said.
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`What was said is not complete: ${error.message}\n`)
  process.exit(1)
})
process.exitCode = await runCli(process.argv.slice(2), {
  terminal: process,
  operator: userInfo().username,
  open: openConsole,
})
