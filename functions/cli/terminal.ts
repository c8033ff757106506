import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'

/** Where a command speaks and listens. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

export type Colour = 'bold' | 'dim' | 'green' | 'yellow' | 'red'

/** Emphasis for people: nothing where nobody looks, or where NO_COLOR is set. */
export type Paint = (colour: Colour, text: string) => string

/** Emphasises nothing. */
export const plain: Paint = (_colour, text) => text

/** By the rules of https://no-color.org, and only on a terminal. */
export function paintFor({ stdout }: Terminal): Paint {
  return (colour, text) => styleText(colour, text, { stream: stdout })
}

/** Asks on a terminal; false if there is none, or if the answer is anything but yes. */
export async function confirm({ stdin, stderr }: Terminal, question: string): Promise<boolean> {
  if (stdin.isTTY !== true) return false
  const dialogue = createInterface({ input: stdin, output: stderr })
  try {
    const answer = await dialogue.question(`${question} Type yes to go on: `)
    return answer.trim() === 'yes'
  } finally {
    dialogue.close()
  }
}

/** Returns when it is written: a process that ends earlier would cut a pipe short. */
export async function say(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text === '' || text.endsWith('\n') ? text : `${text}\n`)) {
    await once(stream, 'drain')
  }
}
