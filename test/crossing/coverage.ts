import { Chance } from '../simulation/chance.ts'
import {
  canMeet,
  DIMENSIONS,
  type Dimension,
  type Features,
  isClear,
  keyOf,
  PAIRS,
  VALUES,
  type Value,
} from './features.ts'

/** Seeds whose histories are chosen with an eye on one another: all pairs are met twenty times and more in so many. */
export const SEEDS_OF_BLOCK = 90

/** Rare pairs first; where nothing fits, another beginning is tried. */
const MAX_DRAWS = 50

const PLACES = new Map(VALUES.map(([dimension, name], at) => [`${dimension}: ${name}`, at]))
const DIMENSION_NAMES = Object.keys(DIMENSIONS) as Dimension[]
const VALUES_OF = new Map(
  DIMENSION_NAMES.map((name) => [name, VALUES.flatMap(([own], at) => (own === name ? [at] : []))]),
)
const MEET = VALUES.map((one) => VALUES.map((other) => canMeet(one, other)))
const PAIR_PLACES = PAIRS.map(([one, other]): [number, number] => [placeOf(one), placeOf(other)])

function placeOf([dimension, name]: Value): number {
  return PLACES.get(`${dimension}: ${name}`) as number
}

function featuresOfPlaces(places: readonly number[]): Partial<Features> {
  return Object.fromEntries(places.map((place) => VALUES[place] as Value))
}

/** How often each pair was met. */
export class Coverage {
  private readonly met = new Uint32Array(VALUES.length ** 2)
  histories = 0

  add(features: Features): void {
    this.histories++
    const places = (Object.entries(features) as [Dimension, string][]).map(placeOf)
    for (const one of places)
      for (const other of places) this.met[one * VALUES.length + other] = this.timesOf(one, other) + 1
  }

  private timesOf(one: number, other: number): number {
    return this.met[one * VALUES.length + other] as number
  }

  /** Of each two dimensions: how many pairs there are, and how often the rarest one was met. */
  table(): { dimensions: string; pairs: number; least: number; rarest: string }[] {
    const groups = Map.groupBy(PAIRS, ([[one], [other]]) => `${one} × ${other}`)
    return [...groups].map(([dimensions, pairs]) => {
      const counted = pairs.map(([one, other]) => {
        return { pair: keyOf(one, other), times: this.timesOf(placeOf(one), placeOf(other)) }
      })
      const rarest = counted.reduce((least, one) => (one.times < least.times ? one : least))
      return { dimensions, pairs: pairs.length, least: rarest.times, rarest: rarest.pair }
    })
  }

  /** All pairs, and the one that was met least. */
  summary(): { pairs: number; least: number; rarest: string } {
    const table = this.table()
    const { least, rarest } = table.reduce((rare, one) => (one.least < rare.least ? one : rare))
    return { pairs: table.reduce((sum, { pairs }) => sum + pairs, 0), least, rarest }
  }

  /** The pair that was met least; of several, one that chance names. */
  private rarest(chance: Chance): readonly [number, number] {
    let least = Number.POSITIVE_INFINITY
    let rare: [number, number][] = []
    for (const pair of PAIR_PLACES) {
      const times = this.timesOf(...pair)
      if (times < least) [least, rare] = [times, []]
      if (times === least) rare.push(pair)
    }
    return chance.pick(rare)
  }

  /** Features around the pair that was met least, each of the others chosen so that it meets what it met least. */
  draw(chance: Chance): Features {
    for (let draw = 0; ; draw++) {
      const features = this.tryDraw(chance, draw < MAX_DRAWS)
      if (features !== null) return features
    }
  }

  private tryDraw(chance: Chance, isAroundPair: boolean): Features | null {
    const chosen = isAroundPair ? [...this.rarest(chance)] : []
    for (const dimension of chance.shuffled(DIMENSION_NAMES)) {
      const own = VALUES_OF.get(dimension) as number[]
      if (own.some((place) => chosen.includes(place))) continue
      let [best, most] = [-1, 0]
      for (const place of chance.shuffled(own)) {
        if (!chosen.every((other) => MEET[place]?.[other] === true)) continue
        const worth = this.worthOf(place, chosen)
        if (best >= 0 && worth <= most) continue
        if (isClear(featuresOfPlaces([...chosen, place]))) [best, most] = [place, worth]
      }
      if (best < 0) return null
      chosen.push(best)
    }
    const drawn = featuresOfPlaces(chosen)
    return Object.fromEntries(DIMENSION_NAMES.map((name) => [name, drawn[name]])) as Features
  }

  /** A pair that was met never is worth more than several that were met now and then. */
  private worthOf(place: number, others: readonly number[]): number {
    return others.reduce((sum, other) => sum + 1 / (1 + this.timesOf(place, other)) ** 2, 0)
  }
}

interface Block {
  readonly chance: Chance
  readonly coverage: Coverage
  readonly rows: Features[]
}

const blocks = new Map<number, Block>()

/**
 * The features of one history of a seed. Those of a block of seeds are drawn one after another, each for what is rare among those
 * before it; so they follow from the seed alone, whatever other seeds are run.
 */
export function featuresOf(seed: number, at: number, histories: number): Features {
  const number = Math.floor(seed / SEEDS_OF_BLOCK)
  const block = blocks.get(number) ?? { chance: new Chance(number + 1), coverage: new Coverage(), rows: [] }
  blocks.set(number, block)
  const row = (seed % SEEDS_OF_BLOCK) * histories + at
  while (block.rows.length <= row) {
    const features = block.coverage.draw(block.chance)
    block.coverage.add(features)
    block.rows.push(features)
  }
  return block.rows[row] as Features
}
