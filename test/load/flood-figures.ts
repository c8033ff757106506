import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'

const floodFigures = z.object({
  pools: z.number(),
  /** Webhooks that were answered by 200. */
  accepted: z.number(),
  /** Wake-ups that were handled. */
  handled: z.number(),
  /** At Toloka, as are the next three. */
  archived: z.number(),
  total: z.number(),
  peakPerSecond: z.number(),
  violations: z.number(),
  virtualSeconds: z.number(),
  realSeconds: z.number(),
  /** Of the archiver, after garbage was collected: before the work, and then at equal distances. */
  heapMiB: z.array(z.number()),
  /** Entries of the journal that should not be, and how often. */
  complaints: z.record(z.string(), z.number()),
})

export type FloodFigures = z.infer<typeof floodFigures>

/** Lets pools close at once, in a process of its own. */
export async function flood(
  pools: number,
  perSecond: number,
  folder: string,
): Promise<FloodFigures> {
  const script = resolve('test/load/flood-process.ts')
  const words = [script, String(pools), String(perSecond), folder]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  return z.parse(floodFigures, JSON.parse(stdout))
}

/** How much more memory is in use at any look into the work than at the first. */
export function heapGrowthMiB({ heapMiB }: FloodFigures): number {
  const [, first = 0, ...rest] = heapMiB
  return Math.max(first, ...rest) - first
}
