/** Why work ended before its end: somebody asked for it. */
export class Interrupted extends Error {
  /** As shells count: 128 and the number of the signal. */
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted: ${tell()}`)
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}

const NOTHING_SPECIAL = 'what the server had answered is done; the same command may be given again'
let tell = (): string => NOTHING_SPECIAL

/**
 * While work goes on that can be told of: what an interrupt says, which is what was done and how to go on.
 * @returns what ends it.
 */
export function tellWhenInterrupted(say: () => string): () => void {
  tell = say
  return () => {
    tell = () => NOTHING_SPECIAL
  }
}

let controller: AbortController | undefined

/**
 * A signal that the first interrupt gives, so that work ends in order; its reason is an `Interrupted`. The second
 * interrupt ends the process at once.
 */
export function whenInterrupted(): AbortSignal {
  if (controller !== undefined) return controller.signal
  const created = new AbortController()
  controller = created
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const interrupted = new Interrupted(signal)
      if (created.signal.aborted) process.exit(interrupted.exitCode)
      created.abort(interrupted)
    })
  }
  return created.signal
}
