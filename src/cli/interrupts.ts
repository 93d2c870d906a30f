/** Why work ended before its end: somebody asked for it, and was told at once how far it is. */
export class Interrupted extends Error {
  /** As shells count: 128 and the number of the signal. */
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super('interrupted')
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}

const stories: (() => string)[] = [
  () => 'interrupted; what the server had answered is done, and the same command may be given again',
]

/**
 * While work goes on that can be told of: what an interrupt says, which is what was done and how to go on.
 * @returns what ends it.
 */
export function tellWhenInterrupted(story: () => string): () => void {
  stories.push(story)
  return () => {
    const at = stories.lastIndexOf(story)
    if (at > 0) stories.splice(at, 1)
  }
}

let watched: AbortSignal | undefined

/**
 * A signal that the first interrupt gives, so that work ends in order; its reason is an `Interrupted`. The second
 * interrupt ends the process at once.
 */
export function whenInterrupted(): AbortSignal {
  if (watched !== undefined) return watched
  const controller = new AbortController()
  watched = controller.signal
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const interrupted = new Interrupted(signal)
      if (controller.signal.aborted) process.exit(interrupted.exitCode)
      // A progress bar may stand on the line.
      if (process.stderr.isTTY) process.stderr.write('\n')
      console.error(`kvit: ${(stories.at(-1) as () => string)()}`)
      controller.abort(interrupted)
    })
  }
  return watched
}

/** The work's result, unless it is interrupted before. */
export async function unlessInterrupted<T>(work: Promise<T>): Promise<T> {
  const signal = whenInterrupted()
  return new Promise<T>((resolve, reject) => {
    const give = (): void => reject(signal.reason as Interrupted)
    if (signal.aborted) give()
    signal.addEventListener('abort', give, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give))
  })
}
