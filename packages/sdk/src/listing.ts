import { KvitError } from './errors.ts'

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** What the page after it is asked by; null says that there is none. */
  readonly nextCursor: string | null
}

/**
 * A list that is read page by page, as it is gone through: `for await (const invoice of kvit.list('/v1/invoices'))`. Nothing is
 * asked before that, and each time from the beginning.
 */
export class Listing<T> implements AsyncIterable<T> {
  private readonly ask: (cursor: string | undefined) => Promise<Page<T>>

  /** @param ask for the page after a cursor, or the first one. */
  constructor(ask: (cursor: string | undefined) => Promise<Page<T>>) {
    this.ask = ask
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const { items } of this.pages()) yield* items
  }

  /** The pages. One may have fewer items than asked for, or none, and be followed by others all the same. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let cursor: string | undefined
    const seen = new Set<string>()
    for (;;) {
      const page: Page<T> = await this.ask(cursor)
      yield page
      if (page.nextCursor === null) return
      cursor = page.nextCursor
      // One that leads back, to itself or to a page of before, would lead there for ever.
      if (seen.has(cursor)) throw new KvitError('not_kvit', `the pages come back to ${cursor}`)
      seen.add(cursor)
    }
  }

  /** The first items, `most` of them where there are as many. */
  async take(most: number): Promise<T[]> {
    const taken: T[] = []
    if (most <= 0) return taken
    for await (const item of this) if (taken.push(item) >= most) break
    return taken
  }

  /** All items. */
  async all(): Promise<T[]> {
    return this.take(Number.POSITIVE_INFINITY)
  }
}
