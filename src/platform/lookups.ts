import { setTimeout } from 'node:timers/promises'
import { systemClock } from './clock.ts'
import { Gate } from './gate.ts'

/** How long what was looked up is believed: what changes elsewhere takes effect after this. */
const BELIEVED_MS = 1_000
const MAX_KEPT = 10_000
/** Look-ups at once, and that wait to be. */
const LIMITS = { atOnce: 3, atOnceOfOwner: 2, waiting: 2_000, waitingOfOwner: 1_000 }
/** How long a look-up that found nobody keeps its turn: two at once make at most 200 guesses a second, however many guess. */
const WRONG_MS = 10

interface Kept<T> {
  readonly value: T
  readonly until: number
}

/** Values that are believed for a second, or for as long as it is said. */
export class BriefMemory<T> {
  private readonly believedMs: number
  private readonly most: number
  private readonly kept = new Map<string, Kept<T>>()

  /** @param most that are kept: with more, all are forgotten */
  constructor(believedMs = BELIEVED_MS, most = MAX_KEPT) {
    this.believedMs = believedMs
    this.most = most
  }

  async get(name: string, load: () => Promise<T>): Promise<T> {
    const nowMs = systemClock.nowMs()
    const known = this.kept.get(name)
    if (known !== undefined && known.until > nowMs) return known.value
    const value = await load()
    this.keep(name, value)
    return value
  }

  keep(name: string, value: T): void {
    if (this.kept.size >= this.most) this.kept.clear()
    this.kept.set(name, { value, until: systemClock.nowMs() + this.believedMs })
  }

  /** Whether it was there a while ago. */
  has(name: string): boolean {
    return this.kept.has(name)
  }

  forget(name: string): void {
    this.kept.delete(name)
  }

  clear(): void {
    this.kept.clear()
  }
}

/**
 * Finds whose a secret is, such as a key. Whoever guesses takes a connection or two to the database, not all of them, and
 * waits for its refusals; secrets that were good a while ago and those that nobody knows take turns, and do not push each other
 * out of memory.
 */
export class Lookups<T> {
  private readonly gate: Gate
  private readonly known = new BriefMemory<T | null>()
  private readonly strangers = new BriefMemory<T | null>()
  private readonly pause: (ms: number) => Promise<unknown>

  /** @param title what is looked up, in the plural: "keys" */
  constructor(title: string, pause: (ms: number) => Promise<unknown> = setTimeout) {
    this.gate = new Gate(title, LIMITS)
    this.pause = pause
  }

  /** @param load null where it is nobody's */
  async find(name: string, load: () => Promise<T | null>): Promise<T | null> {
    const isKnown = this.known.has(name)
    const ask = async (): Promise<T | null> => {
      const found = await load()
      if (found === null && !isKnown) await this.pause(WRONG_MS)
      return found
    }
    const look = async (): Promise<T | null> => this.gate.run(isKnown ? 'known' : 'unknown', ask)
    const found = await (isKnown ? this.known : this.strangers).get(name, look)
    if (found !== null && !isKnown) this.known.keep(name, found)
    if (found === null) this.known.forget(name)
    return found
  }

  clear(): void {
    this.known.clear()
    this.strangers.clear()
  }
}
