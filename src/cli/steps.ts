import { type Interrupted, whenInterrupted } from './interrupts.ts'
import { Progress } from './output.ts'

/**
 * Long work in steps, such as a backup: on a terminal one line says how far the step is and how long it still takes. An
 * interrupt ends the work with its next move.
 */
export class Steps {
  private readonly goesOn: string
  private readonly interrupted = whenInterrupted()
  private progress: Progress | null = null
  private done = 0

  /** @param goesOn what an interrupt says of the rest */
  constructor(goesOn: string) {
    this.goesOn = goesOn
  }

  /** @param total of what `moved` counts, such as megabytes, files or rows */
  begin(words: string, total: number): void {
    this.end()
    this.done = 0
    this.progress = new Progress(words, total, this.goesOn)
    this.moved(0)
  }

  moved(by = 1): void {
    if (this.interrupted.aborted) throw this.interrupted.reason as Interrupted
    this.done += by
    this.progress?.update(Math.floor(this.done))
  }

  end(): void {
    this.progress?.end()
    this.progress = null
  }
}
