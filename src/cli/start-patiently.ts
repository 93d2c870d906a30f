import { Refusal } from '../platform/problems.ts'
import { StartMistake } from '../platform/start-mistake.ts'

/** How often a start is begun anew, and with which pause: ten minutes with a database that takes a minute to say no. */
const MAX_STARTS = 10
const PAUSE_MS = 1_000

/**
 * Starts anew where the database was reached and then answered too slowly, as on a machine that has much to do. One that cannot be reached
 * at all is a mistake, and is told at once.
 */
export async function startPatiently<T>(start: () => Promise<T>, signal: AbortSignal, pauseMs = PAUSE_MS): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'engine_unavailable' || signal.aborted) throw error
      if (attempt >= MAX_STARTS)
        throw new StartMistake(
          `the database was reached, and then did not answer in time, ${attempt} times: see its log`,
        )
      console.error('kvit: the database does not answer in time; starting anew')
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
