import { Agent, request } from 'node:http'
import { closedEvent, signedDelivery } from '../local/box.ts'

export interface Sent {
  /** The status of the answer; null if there was none. */
  readonly status: number | null
  /** When a connection was free for it, ms since the epoch. */
  readonly at: number
}

/** Sends signed webhooks over connections that are kept open. */
export interface Sender {
  readonly send: (poolId: string) => Promise<Sent>
  readonly close: () => void
}

/** Whoever gets no answer for so long stops waiting. */
const patienceMs = 30_000

/** @param url of the archiver */
export function createSender(url: string, secret: string, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const target = `${url}/webhooks/toloka`
  return {
    send: (poolId) =>
      new Promise((resolve) => {
        let at = Date.now()
        const end = (status: number | null): void => resolve({ status, at })
        const event = { events: [closedEvent(poolId)] }
        const { method, headers, body } = signedDelivery(event, Date.now(), secret)
        const options = { method, headers, agent, timeout: patienceMs }
        const sending = request(target, options, (answer) => {
          answer.on('end', () => end(answer.statusCode ?? null))
          answer.on('error', () => end(null))
          answer.resume()
        })
        sending.on('socket', () => (at = Date.now()))
        sending.on('timeout', () => sending.destroy())
        sending.on('error', () => end(null))
        sending.end(body)
      }),
    close: () => agent.destroy(),
  }
}

export function isAccepted({ status }: Sent): boolean {
  return status !== null && status >= 200 && status < 300
}
