// Asks the registry for known vulnerabilities of the packages by which the archiver runs.
// Ends with 0 if there are none, with 1 if there are, and with 2 if nobody could say.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod/mini'

const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
})
const failureSchema = z.object({ message: z.string() })

/** npm ends with 1 for a vulnerability as well as for a registry that does not answer. */
async function askNpm(words: readonly string[]): Promise<unknown> {
  const command = promisify(execFile)('npm', ['audit', '--omit=dev', '--json', ...words])
  const { stdout } = await command.catch((error: unknown) =>
    z.parse(z.object({ stdout: z.string() }), error),
  )
  try {
    return JSON.parse(stdout)
  } catch {
    return { message: `npm answered ${JSON.stringify(stdout)}` }
  }
}

function report(answer: unknown): 0 | 1 | 2 {
  const { data } = reportSchema.safeParse(answer)
  if (data === undefined) {
    const why = failureSchema.safeParse(answer).data?.message ?? JSON.stringify(answer)
    console.error(
      `NOT CHECKED: the registry did not say which vulnerabilities it knows (${why}).\n` +
        'Mirrors often do not. Try: npm run audit -- --registry https://registry.npmjs.org',
    )
    return 2
  }
  const found = Object.entries(data.vulnerabilities)
  if (found.length === 0) {
    console.log('No vulnerability is known of what the archiver runs by.')
    return 0
  }
  for (const [name, { severity, via }] of found) {
    const causes = via.map((one) => (typeof one === 'string' ? one : `${one.title} ${one.url}`))
    console.error(`${name}: ${severity}: ${causes.join('; ')}`)
  }
  return 1
}

process.exitCode = report(await askNpm(process.argv.slice(2)))
