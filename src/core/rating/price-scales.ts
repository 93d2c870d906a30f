import { decimal, toScale } from '../base/decimal.ts'
import type { UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { modelOf } from './models/models.ts'
import type { PriceScales } from './models/price-model.ts'
import { modifierAmounts } from './modifiers/modifiers.ts'

/** The scales in which all rates of a price are whole numbers. */
export function scalesOf(price: UsagePrice, rates: readonly { terms: RateTerms }[], meterScale: number): PriceScales {
  return {
    quantityScale: quantityScaleOf(price, rates, meterScale),
    priceScale: longest(rates.map(({ terms }) => priceScaleOf(terms))),
    per: toScale(decimal(price.per ?? '1'), 0),
  }
}

/** A rate deck may have more rates than a call takes arguments. */
function longest(scales: readonly number[]): number {
  return scales.reduce((most, scale) => Math.max(most, scale), 0)
}

/** The digits of the longest money text of some terms, and no fewer than records are rounded to. */
function priceScaleOf(terms: RateTerms): number {
  const texts = [...modelOf(terms).amounts(terms), ...modifierAmounts(terms)]
  return Math.max(terms.perRecord?.scale ?? 0, ...texts.map((text) => decimal(text).scale))
}

/** Quantities of a price are the meter's, unless they are converted: then they have the digits that the price names. */
function quantityScaleOf({ convert }: UsagePrice, rates: readonly { terms: RateTerms }[], meterScale: number): number {
  if (convert === undefined) return meterScale
  const texts = rates.flatMap(({ terms }) => [...modelOf(terms).quantities(terms), terms.freeUnits ?? '0'])
  return Math.max(convert.scale, ...texts.map((text) => decimal(text).scale))
}
