/** Aborted by the first SIGINT or SIGTERM; a second one ends the process the hard way. */
export function stopSignal(report: () => void = () => {}): AbortSignal {
  const controller = new AbortController()
  const names = ['SIGINT', 'SIGTERM'] as const
  const stop = (): void => {
    for (const name of names) process.off(name, stop)
    report()
    controller.abort()
  }
  for (const name of names) process.on(name, stop)
  return controller.signal
}
