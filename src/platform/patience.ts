import { Refusal } from './problems.ts'

/** What passes by itself: a database that fails over, an engine that recovers, a queue that is full. */
const PASSING = new Set(['engine_unavailable', 'overloaded'])
const PAUSE_MS = 1_000
/** Five minutes: longer than any fail-over, short enough that an operator is notified. */
const MAX_ATTEMPTS = 300
/** Behind them every pause is the longest one. */
const MAX_DOUBLINGS = 30

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

/**
 * How long what failed rests before it is tried again: twice as long after each further failure.
 * Example: first 1,000 and longest 60,000: 1, 2, 4, 8 … seconds, from the seventh failure on a minute.
 * @param failures in a row, from 1
 */
export function growingPauseMs(failures: number, firstMs: number, longestMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS), longestMs)
}

export function isPassing(error: unknown): boolean {
  return error instanceof Refusal && PASSING.has(error.code)
}
