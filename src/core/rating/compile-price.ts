import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { powerOfTen } from '../base/rounding.ts'
import type { Meter, UsagePrice } from '../catalog/plan.ts'
import { isAdditive } from '../metering/series.ts'
import { emptyAggregate } from './accumulate.ts'
import { compileReading } from './attributes.ts'
import { amountOf } from './charged-amount.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import { measuresOf } from './element-measures.ts'
import { modelOf } from './models/models.ts'
import type { PriceScales } from './models/price-model.ts'
import { hasConnectionFee } from './modifiers/connection-fee.ts'
import { discountDigitsOf } from './modifiers/discount.ts'
import { freeUnitsOf } from './modifiers/free-units.ts'
import { modifiersOf } from './modifiers/modifiers.ts'
import { compileBounds } from './modifiers/per-record.ts'
import { compileSessionRules } from './modifiers/session-rules.ts'
import { compileSteps, type NamedTerms, withSteps } from './modifiers/unit-steps.ts'
import { scalesOf } from './price-scales.ts'
import { isDivisible } from './record-use.ts'
import { compileSelector, type PriceSources } from './selectors/compile-selector.ts'
import type { CompiledDeck } from './selectors/compiled-deck.ts'
import { deckRates } from './selectors/deck-price.ts'
import { matrixRates } from './selectors/matrix.ts'

export function compilePrice(
  price: UsagePrice,
  currency: string,
  meter: Meter,
  sources: PriceSources = {},
): CompiledPrice {
  const rates = ratesOf(price, sources.deck)
  const scales = scalesOf(price, rates, meter.scale)
  const discountDigits = discountDigitsOf(rates)
  const elements = rates.map((rate) => compileElement(rate, price, meter, scales, discountDigits))
  const selector = compileSelector(price, sources)
  const { ratingScale } = currencyOf(currency)
  const shift = ratingScale - scales.quantityScale - scales.priceScale - discountDigits
  const toRating = { factor: powerOfTen(Math.max(shift, 0)), divisor: scales.per * powerOfTen(Math.max(-shift, 0)) }
  const reading = compileReading(price, meter)
  const dueUnused =
    reading.groupAt < 0 ? elements.filter((element) => amountOf(element, emptyAggregate(element)) !== 0n) : []
  const elementsByKey = new Map(elements.map((element) => [element.name ?? '', element]))
  const hasSteps = elements.some(({ steps }) => steps !== null)
  const isSplitByTime =
    meter.aggregator === 'sum' && price.crossing !== 'start' && !selector.isConstant && elements.every(isDivisible)
  const splits = { isSplitByTime, hasSteps, isSplit: isSplitByTime || hasSteps }
  const shared = { price, meter, isAdditive: isAdditive(meter), currency, elements, selector, ...splits, scales }
  const deck = sources.deck ?? null
  return { ...shared, elementsByKey, dueUnused, deck, discountDigits, ratingScale, toRating, ...reading }
}

function compileElement(
  rate: NamedTerms,
  price: UsagePrice,
  meter: Meter,
  scales: PriceScales,
  discountDigits: number,
): RateElement {
  const { name, terms } = rate
  const { quantityScale, priceScale, per } = scales
  const model = modelOf(terms)
  const compiled = model.compile(terms, scales)
  const toAmount = (text: string): bigint => toScale(decimal(text), priceScale) * powerOfTen(quantityScale) * per
  const sessionRules = compileSessionRules(terms, meter.scale, scales, price.convert)
  const hasBounds = terms.perRecord !== undefined
  const cutsUnits = sessionRules?.most?.cutsUnits === true
  const measures = measuresOf(model.measures, hasConnectionFee(terms), hasBounds, cutsUnits)
  return {
    name,
    terms,
    model,
    compiled,
    modifiers: modifiersOf({ terms, price, meter, scales, discountDigits, measures, toAmount }),
    lastPriced: model.lastPriced?.(compiled) ?? null,
    freeUnits: freeUnitsOf(terms, scales),
    turns: [0n, ...model.breakpoints(compiled)],
    sessionRules,
    steps: compileSteps(rate, meter.scale),
    perRecord: compileBounds({ terms, scales, toAmount }),
    ...measures,
  }
}

/** The rates of a price with the names of their rate elements, in the order in which rate elements are numbered. */
export function ratesOf(price: UsagePrice, deck?: CompiledDeck): readonly NamedTerms[] {
  return withSteps(namedRates(price, deck))
}

function namedRates(price: UsagePrice, deck?: CompiledDeck): NamedTerms[] {
  if (price.rate !== undefined) return [{ name: null, terms: price.rate }]
  if (price.schedule !== undefined) {
    return Object.entries(price.schedule.rates).map(([name, terms]) => ({ name, terms }))
  }
  if (price.deck !== undefined) return deck === undefined ? [] : deckRates(price.deck, deck)
  if (price.matrix !== undefined) return matrixRates(price.matrix)
  const bands = [...(price.bands ?? []), ...(price.otherwise === undefined ? [] : [price.otherwise])]
  return bands.map(({ name, rate }) => ({ name, terms: rate }))
}
