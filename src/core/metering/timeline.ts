import type { Observation } from './observation.ts'

/**
 * Observations by time; at one time there is one, the one that ranks highest. What lies before the period stands in its
 * first place, if anything does: only the last of it matters.
 */
export class Timeline {
  readonly items: Observation[] = []
  private readonly fromMs: number
  private readonly isAbove: (one: Observation, other: Observation) => boolean

  constructor(fromMs: number, isAbove: (one: Observation, other: Observation) => boolean) {
    this.fromMs = fromMs
    this.isAbove = isAbove
  }

  /** Where an observation goes: at a new place, or in place of another; null where it says nothing new. */
  placeOf(observation: Observation): { at: number; replaces: boolean } | null {
    const { items } = this
    let [low, high] = [0, items.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((items[middle] as Observation).timeMs < observation.timeMs) low = middle + 1
      else high = middle
    }
    const same = items[low]
    if (same?.timeMs === observation.timeMs) return this.isAbove(observation, same) ? { at: low, replaces: true } : null
    if (observation.timeMs >= this.fromMs) return { at: low, replaces: false }
    const base = items[0]
    if (base === undefined || base.timeMs >= this.fromMs) return { at: 0, replaces: false }
    return observation.timeMs > base.timeMs ? { at: 0, replaces: true } : null
  }

  put(observation: Observation): void {
    const place = this.placeOf(observation)
    if (place !== null) this.items.splice(place.at, place.replaces ? 1 : 0, observation)
  }

  /** The neighbours that an observation would have, and what it would replace. */
  around(observation: Observation): { before?: Observation; replaced?: Observation; after?: Observation } | null {
    const place = this.placeOf(observation)
    if (place === null) return null
    const { items } = this
    const { at, replaces } = place
    return {
      ...(items[at - 1] === undefined ? {} : { before: items[at - 1] as Observation }),
      ...(replaces ? { replaced: items[at] as Observation } : {}),
      ...(items[replaces ? at + 1 : at] === undefined ? {} : { after: items[replaces ? at + 1 : at] as Observation }),
    }
  }

  get last(): Observation | undefined {
    return this.items.at(-1)
  }
}
