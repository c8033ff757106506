import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import * as z from 'zod/mini'

export interface TableUnits {
  readonly calls: number
  readonly read: number
  readonly written: number
  /** Those of the indexes, which come on top. */
  readonly writtenToIndexes: number
}

export interface MeteredTable {
  /** Where the functions find it. */
  readonly url: string
  /** Of all calls since it was last asked. */
  readonly take: () => TableUnits
  readonly close: () => Promise<void>
}

type Item = Readonly<Record<string, unknown>>
const item = z.record(z.string(), z.unknown())
const call = z.looseObject({ Item: z.optional(item) })
const consumed = z.object({ CapacityUnits: z.number() })
const answer = z.looseObject({ ConsumedCapacity: consumed, Attributes: z.optional(item) })

const indexes = z
  .object({
    Resources: z.object({
      ArchivalTable: z.object({
        Properties: z.object({
          GlobalSecondaryIndexes: z.array(
            z.object({
              KeySchema: z.array(z.object({ AttributeName: z.string() })),
              Projection: z.object({ NonKeyAttributes: z.optional(z.array(z.string())) }),
            }),
          ),
        }),
      }),
    }),
  })
  .parse(parse(readFileSync('infra/table.yml', 'utf8')))
  .Resources.ArchivalTable.Properties.GlobalSecondaryIndexes.map(({ KeySchema, Projection }) => ({
    key: KeySchema.map(({ AttributeName }) => AttributeName),
    others: Projection.NonKeyAttributes ?? [],
  }))

/**
 * Stands between the functions and dynalite and reads the meter: capacity units as dynalite counts
 * them, and those of the indexes, which it does not count, by the rules of DynamoDB's
 * documentation ("Write considerations for global secondary indexes").
 */
export async function meterTable(dynaliteUrl: string): Promise<MeteredTable> {
  let units = { calls: 0, read: 0, written: 0, writtenToIndexes: 0 }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const action = String(request.headers['x-amz-target']).replace(/^.*\./, '')
    const asked = call.parse(JSON.parse(await text(request)))
    const isWrite = action === 'PutItem'
    if (!isWrite && action !== 'GetItem') throw new Error(`${action} has no meter yet.`)
    const more = { ReturnConsumedCapacity: 'TOTAL', ...(isWrite && { ReturnValues: 'ALL_OLD' }) }
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      name === 'content-length' || typeof value !== 'string' ? [] : [[name, value] as const],
    )
    const body = JSON.stringify({ ...asked, ...more })
    const came = await fetch(dynaliteUrl, {
      method: 'POST',
      headers: new Headers(headers.map(([name, value]): [string, string] => [name, value])),
      body,
    })
    const said = await came.text()
    if (!came.ok) throw new Error(`${action}: ${said}`)
    const { ConsumedCapacity, Attributes } = answer.parse(JSON.parse(said))
    const { CapacityUnits } = ConsumedCapacity
    units.calls += 1
    units[isWrite ? 'written' : 'read'] += CapacityUnits
    if (isWrite) units.writtenToIndexes += countIndexWrites(Attributes ?? {}, asked.Item ?? {})
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end(said)
  }

  const server = createServer((request, response) => {
    forward(request, response).catch((error: unknown) => {
      // Undisturbed, nothing fails: whoever counts has to hear of it.
      process.stderr.write(`${String(error)}\n`)
      response.writeHead(500).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = units
      units = { calls: 0, read: 0, written: 0, writtenToIndexes: 0 }
      return taken
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/**
 * One for an entry that comes or goes, two for one whose key changes, one if only what it holds
 * besides changes, none if nothing does. An entry is far smaller than the kilobyte of a unit.
 */
export function countIndexWrites(before: Item, after: Item): number {
  return indexes.reduce((sum, { key, others }) => {
    const isIn = (one: Item): boolean => key.every((name) => name in one)
    const differs = (names: readonly string[]): boolean =>
      names.some((name) => !isDeepStrictEqual(before[name], after[name]))
    if (!isIn(before) || !isIn(after)) return sum + Number(isIn(before)) + Number(isIn(after))
    if (differs(key)) return sum + 2
    return sum + Number(differs(others))
  }, 0)
}
