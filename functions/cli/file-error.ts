import * as z from 'zod/mini'

const withCode = z.object({ code: z.string() })

/** A file that was named on the command line cannot be used. */
export class FileError extends Error {
  override readonly name = 'FileError'

  /** @param problem such as `cannot be read`; the system's word for it is added */
  constructor(path: string, problem: string, cause?: unknown) {
    const code = withCode.safeParse(cause).data?.code
    super(`The file ${path} ${problem}${code === undefined ? '' : ` (${code})`}.`, { cause })
  }
}
