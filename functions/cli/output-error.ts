/** A file that the operator asked for cannot be written. */
export class OutputError extends Error {
  override readonly name = 'OutputError'

  constructor(file: string, cause: SystemError) {
    super(`Cannot write ${file}: ${String(cause.message)}. Nothing was left behind.`, { cause })
  }
}

interface SystemError {
  readonly syscall: unknown
  readonly message: unknown
}

/** Thrown by the operating system, such as for a folder that is not there. */
export function isOfSystem(error: unknown): error is SystemError {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'message' in error
}
