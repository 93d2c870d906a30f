import type { Chance } from '../simulation/chance.ts'
import { isAwaited } from './awaited.ts'

/** What histories are made of. Each history has a value of every dimension, drawn on its own; pairs are counted. */
const DIMENSIONS = {
  model: [
    'per_unit',
    'graduated',
    'volume',
    'stairstep',
    'package',
    'percentage',
    'graduated_percentage',
    'dynamic',
    'cost_plus',
  ],
  modifier: [
    'plain',
    'increments',
    'free per session',
    'maximum cost',
    'per',
    'convert',
    'free units',
    'connection fee',
    'per record',
    'discount',
    'maximum',
  ],
  meter: ['sum', 'count', 'max', 'latest', 'unique'],
  selector: ['one rate', 'bands', 'matrix', 'groups'],
  phases: ['no phases', 'phases'],
  change: ['no change', 'other plan', 'new version', 'there and back'],
  rest: ['no rest', 'pause', 'pause and resume', 'cancel'],
  seats: ['one seat', 'seats change'],
  correction: ['none', 'retract', 'amend'],
  'tariff of before': ['stays', 're-rated'],
  interim: ['no interim invoice', 'interim invoice'],
  money: ['by invoice', 'prepaid', 'on credit', 'top-up later', 'credit limit later'],
  bound: ['no bound', 'cap', 'commitment', 'cap and commitment'],
  late: ['in time', 'late'],
  currency: ['EUR', 'JPY', 'KWD'],
  zone: ['UTC', 'Europe/Kyiv', 'America/New_York', 'Asia/Kathmandu'],
} as const satisfies Record<string, readonly string[]>

type Dimension = keyof typeof DIMENSIONS
export type Features = Record<Dimension, string>

/** With these a price of units costs the same for all records together as for each. */
const LINEAR = ['plain', 'discount', 'per', 'connection fee']
const PER_EVENT = ['percentage', 'dynamic', 'cost_plus']
const OF_RECORDS = ['increments', 'free per session', 'maximum cost', 'connection fee', 'per record']

/** Which values a plan file refuses to have on one price. */
function cannotMeet(one: readonly [Dimension, string], other: readonly [Dimension, string]): boolean {
  const values = new Map<Dimension, string>([one, other])
  const [model, modifier, meter] = [values.get('model'), values.get('modifier'), values.get('meter')]
  if (model !== undefined && modifier !== undefined) {
    if (modifier === 'maximum cost') return model !== 'per_unit'
    if (PER_EVENT.includes(model) && ['convert', 'free units', ...OF_RECORDS].includes(modifier))
      return modifier !== 'per record'
    if (modifier === 'per') return !['per_unit', 'graduated', 'volume'].includes(model)
  }
  if (meter === undefined || meter === 'sum') return false
  const isAdding = meter === 'count'
  if (model !== undefined) return PER_EVENT.includes(model)
  if (modifier !== undefined) return !isAdding && OF_RECORDS.includes(modifier)
  return false
}

/**
 * Where amounts are rounded by record, and depend on the records before, what a record costs that is taken out is no matter
 * of the price alone: the documents do not say which of the roundings stay.
 */
function isClear(features: Features): boolean {
  const { model, modifier, correction } = features
  if (features['tariff of before'] === 're-rated') {
    if (modifier === 'free per session' && isAwaited('008')) return false
    if (features.change !== 'no change' && isAwaited('007') && !(model === 'per_unit' && LINEAR.includes(modifier)))
      return false
    if (modifier === 'per record') return ['per_unit', 'dynamic', 'cost_plus'].includes(model)
  }
  return correction === 'none' || modifier !== 'per record' || ['per_unit', 'dynamic', 'cost_plus'].includes(model)
}

const ENTRIES = Object.entries(DIMENSIONS) as [Dimension, readonly string[]][]

/** All pairs of values of two dimensions that can meet. */
function allPairs(): [[Dimension, string], [Dimension, string]][] {
  const singles = ENTRIES.flatMap(([dimension, values]) =>
    values.map((value): [Dimension, string] => [dimension, value]),
  )
  return singles.flatMap((one, at) =>
    singles
      .slice(at + 1)
      .filter((other) => other[0] !== one[0] && !cannotMeet(one, other))
      .map((other): [[Dimension, string], [Dimension, string]] => [one, other]),
  )
}

/** A pair that awaits the mending of a fault is never clear; its turn is then as good as any other. */
const MAX_DRAWS = 500
const PAIRS = allPairs()

/** Draws features around a pair that has its turn, so that rare pairs come as often as others. */
export function drawFeatures(chance: Chance, turn: number): Features {
  const forced = new Map<Dimension, string>(PAIRS[turn % PAIRS.length])
  for (let draw = 0; ; draw++) {
    if (draw === MAX_DRAWS) forced.clear()
    const drawn = ENTRIES.map(([dimension, values]): [Dimension, string] => [
      dimension,
      forced.get(dimension) ?? chance.pick(values),
    ])
    const features = Object.fromEntries(drawn) as Features
    if (drawn.every((one, at) => drawn.slice(at + 1).every((other) => !cannotMeet(one, other))) && isClear(features))
      return features
  }
}

/** How often each pair was met. */
export class Coverage {
  private readonly met = new Map<string, number>()
  histories = 0

  add(features: Features): void {
    this.histories++
    const drawn = Object.entries(features)
    drawn.forEach(([dimension, value], at) => {
      for (const [otherDimension, other] of drawn.slice(at + 1)) {
        const key = `${dimension} ${value} × ${otherDimension} ${other}`
        this.met.set(key, (this.met.get(key) ?? 0) + 1)
      }
    })
  }

  /** Of each two dimensions: how many pairs there are, and how often the rarest one was met. */
  table(): { dimensions: string; pairs: number; least: number; rarest: string }[] {
    const groups = Map.groupBy(PAIRS, ([[one], [other]]) => `${one} × ${other}`)
    return [...groups].map(([dimensions, pairs]) => {
      const counted = pairs.map(([[one, value], [other, otherValue]]) => {
        const pair = `${one} ${value} × ${other} ${otherValue}`
        return { pair, times: this.met.get(pair) ?? 0 }
      })
      const rarest = counted.reduce((least, one) => (one.times < least.times ? one : least))
      return { dimensions, pairs: pairs.length, least: rarest.times, rarest: rarest.pair }
    })
  }
}
