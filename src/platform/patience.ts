import { Refusal } from './problems.ts'

/** What passes by itself: a database that fails over, an engine that recovers, a queue that is full. */
const PASSING = new Set(['engine_unavailable', 'overloaded'])
const PAUSE_MS = 1_000
/** Five minutes: longer than any fail-over, short enough that an operator is notified. */
const MAX_ATTEMPTS = 300

/**
 * Does work in the background again as long as it fails for a passing reason. The work must be one that may be done twice.
 * @param isOver the process is being closed: then it fails at once
 * @param pause time that passes for the process
 */
export async function withPatience<T>(
  work: () => Promise<T>,
  isOver: () => boolean,
  pause: (ms: number) => Promise<void>,
  maxAttempts = MAX_ATTEMPTS,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || isOver() || attempt >= maxAttempts) throw error
      await pause(PAUSE_MS)
    }
  }
}

export function isPassing(error: unknown): boolean {
  return error instanceof Refusal && PASSING.has(error.code)
}
