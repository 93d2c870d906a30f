/** Those who ask for something, and wait. */
interface Asked<T, R> {
  readonly what: T
  readonly resolve: (answer: R | Promise<R>) => void
  readonly reject: (error: unknown) => void
}

/** The answer to one of them, or its refusal as it is thrown. */
type Answer<R> = () => R | Promise<R>

/**
 * Does requests together: whatever comes while the same is under way is the next to be done, all at once. Example: of
 * a hundred rows that come within one commit, the first has that commit, and the others share the next one.
 */
export class Together<T, R> {
  private readonly most: number
  private readonly work: (whose: string, together: readonly T[]) => Promise<readonly Answer<R>[]>
  /** What waits, by whose it is, as long as somebody works on that. */
  private readonly waiting = new Map<string, Asked<T, R>[]>()

  /**
   * @param most is done at once; the others wait for the next time
   * @param work answers each; a fault rejects all
   */
  constructor(most: number, work: Together<T, R>['work']) {
    this.most = most
    this.work = work
  }

  async ask(whose: string, what: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const asked = { what, resolve, reject }
      const waiting = this.waiting.get(whose)
      if (waiting !== undefined) {
        waiting.push(asked)
        return
      }
      const own = [asked]
      this.waiting.set(whose, own)
      // What comes in the same turn of the event loop goes together.
      setImmediate(() => void this.run(whose, own))
    })
  }

  private async run(whose: string, waiting: Asked<T, R>[]): Promise<void> {
    while (waiting.length > 0) {
      const together = waiting.splice(0, this.most)
      try {
        const answers = await this.work(
          whose,
          together.map(({ what }) => what),
        )
        for (const [index, { resolve, reject }] of together.entries()) {
          try {
            resolve((answers[index] as Answer<R>)())
          } catch (error) {
            reject(error)
          }
        }
      } catch (error) {
        for (const { reject } of together) reject(error)
      }
    }
    this.waiting.delete(whose)
  }
}
