import { setImmediate } from 'node:timers/promises'

/** How long a work of many steps may keep its thread before others have their turn. */
const TURN_MS = 5

/** For a work of many steps on a thread that others need, too. */
export class Pauses {
  private sinceMs = performance.now()

  /** Lets others have their turn if this work has kept the thread for long enough; asked between two steps. */
  async take(): Promise<void> {
    if (performance.now() - this.sinceMs < TURN_MS) return
    await setImmediate()
    this.sinceMs = performance.now()
  }
}
