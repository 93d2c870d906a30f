import type { Meter, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { type AttributeReading, GROUP_SIGN, visitOf, withoutVisit } from './attributes.ts'
import type { ElementMeasures } from './element-measures.ts'
import type { PriceModel, PriceScales } from './models/price-model.ts'
import type { RateModifiers } from './modifiers/modifiers.ts'
import type { RecordBounds } from './modifiers/per-record.ts'
import type { SessionRules } from './modifiers/session-rules.ts'
import type { ElementSteps } from './modifiers/unit-steps.ts'
import type { CompiledDeck } from './selectors/compiled-deck.ts'
import type { RateSelector } from './selectors/rate-selector.ts'

/** One rate of a price: the whole price, or its part for one time band or one value of a price signal. */
export interface RateElement extends ElementMeasures {
  readonly name: string | null
  readonly terms: RateTerms
  readonly model: PriceModel<RateTerms, unknown>
  readonly compiled: unknown
  /** The modifiers around the model, in order. */
  readonly modifiers: RateModifiers
  readonly freeUnits: bigint
  readonly sessionRules: SessionRules | null
  /** The last quantity that has a price, as the model sees it; null where every quantity has one. */
  readonly lastPriced: bigint | null
  /** Quantities, as the model sees them, after which it prices differently: where an amount may stop to grow. */
  readonly turns: readonly bigint[]
  /** Which rate elements follow one another in the course of a session. */
  readonly steps: ElementSteps | null
  readonly perRecord: RecordBounds | null
}

/** A usage price made ready for the engine: no text, no lookups by name. */
export interface CompiledPrice extends AttributeReading {
  readonly price: UsagePrice
  readonly meter: Meter
  /** The quantity is the sum of what records say; otherwise the meter keeps a series of observations. */
  readonly isAdditive: boolean
  readonly currency: string
  readonly elements: readonly RateElement[]
  readonly elementsByKey: ReadonlyMap<string, RateElement>
  /** Cells that cost something without usage. Groups are not known before they are used. */
  readonly dueUnused: readonly RateElement[]
  readonly selector: RateSelector
  /** A record that reaches into the time of another rate is charged in parts. */
  readonly isSplitByTime: boolean
  /** Rates change in the course of a session. */
  readonly hasSteps: boolean
  /** One or the other. */
  readonly isSplit: boolean
  readonly scales: PriceScales
  /** Digits that discounts add to amounts. */
  readonly discountDigits: number
  /** Of the money in charges. */
  readonly ratingScale: number
  /** A model's integer × factor ÷ divisor is money at the rating scale. */
  readonly toRating: { readonly factor: bigint; readonly divisor: bigint }
  /** Where the rates come from, for prices that name one. */
  readonly deck: CompiledDeck | null
}

/** The rate of a rate element, by its name: where a price has groups, the name ends in the group's value. */
export function elementOfKey({ elementsByKey, groupAt }: CompiledPrice, rateKey: string): RateElement | undefined {
  const name = withoutVisit(rateKey)
  if (groupAt < 0) return elementsByKey.get(name)
  return elementsByKey.get('') ?? elementsByKey.get(name.slice(0, Math.max(0, name.indexOf(GROUP_SIGN))))
}

/** What a document calls the price and the rate element. */
export function describeElement({ price, groupAt }: CompiledPrice, rateKey: string): string {
  const [name, visit] = [withoutVisit(rateKey), visitOf(rateKey)]
  const since = visit === null ? '' : ` (from ${visit.slice(0, 10)})`
  if (name === '') return `${price.name}${since}`
  return `${price.name}: ${groupAt < 0 ? name : name.replace(GROUP_SIGN, ', ')}${since}`
}
