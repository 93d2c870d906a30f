/** Work that a process does again and again, with a pause after each time. A failure is reported, and the work tried the next time. */
export class PeriodicTask {
  private readonly work: (closing: AbortSignal) => Promise<void>
  private readonly everyMs: number
  private readonly onFault: (error: unknown) => void
  private readonly closing = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> = Promise.resolve()

  /** @param work - its signal is aborted when it should not begin with anything more */
  constructor(work: (closing: AbortSignal) => Promise<void>, everyMs: number, onFault: (error: unknown) => void) {
    this.work = work
    this.everyMs = everyMs
    this.onFault = onFault
  }

  /** Works for the first time after a pause. */
  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.work(this.closing.signal)
        .catch(this.onFault)
        .then(() => {
          if (!this.closing.signal.aborted) this.start()
        })
    }, this.everyMs)
    this.timer.unref()
  }

  /** Resolves when work that is under way has ended. */
  async close(): Promise<void> {
    this.closing.abort()
    clearTimeout(this.timer)
    await this.running
  }
}
