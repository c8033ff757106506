declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** A DynamoDB server that keeps everything in memory. */
  export default function dynalite(options: {
    readonly createTableMs: number
    readonly deleteTableMs: number
  }): Server
}
