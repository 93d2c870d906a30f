import { Refusal } from './problems.ts'

/** Wrong codes of one guesser count for this long. */
const WINDOW_MS = 900_000
/** Guessers that are remembered; the one that began first is forgotten for another. */
const MAX_REMEMBERED = 20_000

/** Who guesses, and how many wrong codes are allowed in a quarter of an hour. */
export interface Guesser {
  readonly name: string
  readonly most: number
}

interface Failures {
  count: number
  readonly untilMs: number
}

/** Stops whoever tries codes until one fits. What is under way counts, so that many attempts at once gain nothing. */
export class Guesses {
  private readonly failures = new Map<string, Failures>()

  /**
   * Runs an attempt unless one of its guessers has had too many wrong ones.
   * @param isWrong whether an error says that there is no such code
   * @throws Refusal `too_many_attempts`
   */
  async attempt<T>(
    guessers: readonly Guesser[],
    nowMs: number,
    work: () => Promise<T>,
    isWrong: (error: unknown) => boolean,
  ): Promise<T> {
    const counted = guessers.map(({ name, most }) => ({ failures: this.of(name, nowMs), most }))
    const stopped = counted.find(({ failures, most }) => failures.count >= most)
    if (stopped !== undefined)
      throw new Refusal('too_many_attempts', 'too many wrong codes; wait a quarter of an hour', {
        retryAfterSeconds: Math.max(1, Math.ceil((stopped.failures.untilMs - nowMs) / 1000)),
      })
    for (const { failures } of counted) failures.count++
    let isGuess = false
    try {
      return await work()
    } catch (error) {
      isGuess = isWrong(error)
      throw error
    } finally {
      if (!isGuess) for (const { failures } of counted) failures.count--
    }
  }

  private of(name: string, nowMs: number): Failures {
    const known = this.failures.get(name)
    if (known !== undefined && known.untilMs > nowMs) return known
    this.failures.delete(name)
    if (this.failures.size >= MAX_REMEMBERED) this.failures.delete(this.failures.keys().next().value as string)
    const failures = { count: 0, untilMs: nowMs + WINDOW_MS }
    this.failures.set(name, failures)
    return failures
  }
}
