import { dirname } from 'node:path'
import { openCommandLine } from '../cli/command-line.ts'
import { addPools, recipes, type Kitchen, type Recipe } from './recipes.ts'

const introduction = `# Cookbook

Things that operators do, each with what is typed and what is shown. Everything works while the archiver runs; \`npm run cli -- <command> --help\` says more, \`--json\` is for programs, and with \`--stage prod\` the same is done on a deployed stack. Times are UTC.

This page is written by \`npm run cookbook\`, out of an archiver and a fake Toloka that really do all this; a test finds out if it no longer tells the truth.
`

/** Cooks everything, and writes down how it looked. */
export async function writeCookbook(): Promise<string> {
  const cli = await openCommandLine({
    WEBHOOK_URL: 'https://archiver.example.org/webhooks/toloka',
  })
  try {
    const kitchen = { ...cli, pools: addPools(cli) }
    const parts = [introduction]
    for (const [index, recipe] of recipes.entries()) {
      parts.push(await cook(kitchen, recipe, index + 1))
    }
    return parts.join('\n')
  } finally {
    await cli.close()
  }
}

async function cook(kitchen: Kitchen, recipe: Recipe, number: number): Promise<string> {
  const lines = [`## ${number}. ${recipe.title}`, '', recipe.text, '', '```console']
  for (const typed of await recipe.prepare(kitchen)) {
    const { out, err, exitCode } = await kitchen.run(splitWords(typed))
    const shown = `${out}${err}`.trimEnd()
    lines.push(
      `$ npm run cli -- ${typed}`,
      shown,
      ...(exitCode === 0 ? [] : [`(ends with ${exitCode})`]),
    )
    await kitchen.work()
  }
  return `${lines.join('\n').replaceAll(`${dirname(kitchen.config.dataFile)}/`, 'data/')}\n\`\`\`\n`
}

/** As a shell does it, as far as the recipes need one. */
function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
}
