import { Option } from 'commander'
import * as z from 'zod/mini'
import { exportAudit as readAudit } from '../../application/export-audit.ts'
import { writeAuditFile } from '../audit-file.ts'
import { defineCommand } from '../command.ts'
import { count } from '../words.ts'

/** Every this many entries the operator hears how far it is. */
const progressStep = 1_000

/** The whole audit. */
export const exportAudit = defineCommand({
  name: 'export',
  summary: 'who archived each pool, when, and why it was allowed',
  description:
    'Writes one line of JSON for each pool that the archiver knows: docs/records.md explains each ' +
    'field. Pools that were archived by somebody else, or by Toloka itself, are told apart. Takes no ' +
    'more memory for a million pools.',
  arguments: [],
  options: [new Option('--output <file>', 'write to this file, which is complete or not there')],
  examples: [
    ['export > audit.jsonl', 'everything'],
    ['export --output audit.jsonl', 'the same, with the progress on the terminal'],
  ],
  input: z.object({ output: z.optional(z.string()) }),
  run: async ({ console: { dependencies }, progress }, { output }) => {
    const lines = linesOf(dependencies)
    if (output === undefined) return { data: null, text: '', lines }
    let entries = 0
    const counted = async function* (): AsyncGenerator<string> {
      for await (const line of lines) {
        entries += 1
        if (entries % progressStep === 0) progress(count(entries, 'pool'))
        yield line
      }
    }
    await writeAuditFile(output, counted())
    return {
      data: { file: output, pools: entries },
      text: `${count(entries, 'pool')} in ${output}.`,
    }
  },
})

type Sources = Parameters<typeof readAudit>[0]

async function* linesOf(dependencies: Sources): AsyncGenerator<string> {
  for await (const entry of readAudit(dependencies)) yield JSON.stringify(entry)
}
