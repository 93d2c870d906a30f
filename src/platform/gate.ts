import { Refusal } from './problems.ts'

export interface GateLimits {
  /** Works under way: in all, and of one owner. */
  readonly atOnce: number
  readonly atOnceOfOwner: number
  /** Works that wait: in all, and of one owner. */
  readonly waiting: number
  readonly waitingOfOwner: number
}

const RETRY_AFTER_SECONDS = 1

/**
 * Lets so many works be under way at once. The others wait; owners with waiting works take turns, so that one who has
 * asked for a hundred makes another one wait for one of them, not for all.
 */
export class Gate {
  private readonly limits: GateLimits
  /** What the works are, as refusals name them: "checks and statements". */
  private readonly title: string
  private underWay = 0
  private waiting = 0
  private readonly underWayOf = new Map<string, number>()
  /** In the order in which owners have their turns. */
  private readonly queues = new Map<string, (() => void)[]>()

  constructor(title: string, limits: GateLimits) {
    this.title = title
    this.limits = limits
  }

  /** @throws Refusal where too many wait already. */
  async run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    if (!this.isOpen(owner)) await this.turn(owner)
    this.underWay++
    this.underWayOf.set(owner, (this.underWayOf.get(owner) ?? 0) + 1)
    try {
      return await work()
    } finally {
      this.underWay--
      const rest = (this.underWayOf.get(owner) ?? 1) - 1
      if (rest > 0) this.underWayOf.set(owner, rest)
      else this.underWayOf.delete(owner)
      this.admit()
    }
  }

  private isOpen(owner: string): boolean {
    const { atOnce, atOnceOfOwner } = this.limits
    return this.underWay < atOnce && (this.underWayOf.get(owner) ?? 0) < atOnceOfOwner
  }

  private async turn(owner: string): Promise<void> {
    const queue = this.queues.get(owner) ?? []
    if (queue.length >= this.limits.waitingOfOwner) throw tooMany(`of this tenant's ${this.title} wait already`)
    if (this.waiting >= this.limits.waiting) throw overloaded(`${this.title} wait already`)
    this.queues.set(owner, queue)
    this.waiting++
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  /** Lets the next one in: the first of the first owner who may have one more, and who then goes to the end. */
  private admit(): void {
    for (const [owner, queue] of this.queues) {
      if (!this.isOpen(owner)) continue
      const resolve = queue.shift()
      this.queues.delete(owner)
      if (queue.length > 0) this.queues.set(owner, queue)
      this.waiting--
      resolve?.()
      return
    }
  }
}

/** What has no room because of the asker's own share. */
export function tooMany(what: string): Refusal {
  const detail = `too many ${what}; try again after the time in Retry-After`
  return new Refusal('too_many_requests', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}

/** What has no room because of all together. */
export function overloaded(what: string): Refusal {
  const detail = `too many ${what}; try again after the time in Retry-After`
  return new Refusal('overloaded', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
