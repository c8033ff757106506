import type { Journal } from '../../application/ports.ts'

/** For a command that says itself what it did. */
export const silentJournal: Journal = { write: () => {} }
