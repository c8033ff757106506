import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const packageFile = z.object({ scripts: z.object({ start: z.string() }) })

/** What `npm start` tells Node: without, V8 lets garbage pile up to twice what is needed. */
export const startOptions: readonly string[] = z
  .parse(packageFile, JSON.parse(readFileSync('package.json', 'utf8')))
  .scripts.start.split(' ')
  .filter((word) => word.startsWith('--'))
