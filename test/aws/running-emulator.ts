import type { Emulator } from './emulator.ts'

let running: Emulator | null = null

export function keepEmulator(emulator: Emulator): void {
  running = emulator
}

export async function endEmulator(): Promise<void> {
  await running?.end()
  running = null
}
