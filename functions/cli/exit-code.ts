/** What a command ends with; scripts rely on these. */
export const exitCodes = { done: 0, failed: 1, usage: 2, attention: 3 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
