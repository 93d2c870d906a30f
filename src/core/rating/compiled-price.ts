import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { type Exact, exact } from '../base/exact.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { Meter, Schedule, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { type CellSelector, compileSelector } from './cell-selector.ts'
import { modelOf } from './models.ts'
import type { Aggregate, PricedPart, PriceModel, PriceScales, Use } from './price-model.ts'

/** One rate of a price: the whole price, or its part for one time band or one value of a price signal. */
export interface Cell {
  readonly name: string | null
  readonly terms: RateTerms
  readonly model: PriceModel<RateTerms, unknown>
  readonly compiled: unknown
  readonly freeUnits: bigint
}

/** A usage price made ready for the engine: no text, no lookups by name. */
export interface CompiledPrice {
  readonly price: UsagePrice
  readonly meter: Meter
  readonly currency: string
  readonly cells: readonly Cell[]
  readonly selector: CellSelector
  readonly scales: PriceScales
  /** Of the money in charges. */
  readonly ratingScale: number
  /** A model's integer × factor ÷ divisor is money at the rating scale. */
  readonly toRating: { readonly factor: bigint; readonly divisor: bigint }
}

export function compilePrice(price: UsagePrice, currency: string, meter: Meter, schedule?: Schedule): CompiledPrice {
  const rates = ratesOf(price)
  const scales: PriceScales = {
    quantityScale: meter.scale,
    priceScale: Math.max(
      ...rates.flatMap(({ terms }) =>
        modelOf(terms)
          .amounts(terms)
          .map((text) => decimal(text).scale),
      ),
    ),
    per: toScale(decimal(price.per ?? '1'), 0),
  }
  const cells = rates.map(({ name, terms }) => ({
    name,
    terms,
    model: modelOf(terms),
    compiled: modelOf(terms).compile(terms, scales),
    freeUnits: toScale(decimal(terms.freeUnits ?? '0'), meter.scale),
  }))
  const selector = compileSelector(price, schedule)
  const { ratingScale } = currencyOf(currency)
  const shift = ratingScale - scales.quantityScale - scales.priceScale
  const toRating = { factor: powerOfTen(Math.max(shift, 0)), divisor: scales.per * powerOfTen(Math.max(-shift, 0)) }
  return { price, meter, currency, cells, selector, scales, ratingScale, toRating }
}

/** The rates of a price with the names of their cells, in the order in which cells are numbered. */
export function ratesOf(price: UsagePrice): { name: string | null; terms: RateTerms }[] {
  if (price.rate !== undefined) return [{ name: null, terms: price.rate }]
  if (price.schedule !== undefined) {
    return Object.entries(price.schedule.rates).map(([name, terms]) => ({ name, terms }))
  }
  const bands = [...(price.bands ?? []), ...(price.otherwise === undefined ? [] : [price.otherwise])]
  return bands.map(({ name, rate }) => ({ name, terms: rate }))
}

export function emptyAggregate(cell: Cell): Aggregate {
  return new Array<bigint>(cell.model.measures).fill(0n)
}

export function accumulate(cell: Cell, aggregate: Aggregate, use: Use): Aggregate {
  return cell.model.accumulate(cell.compiled, aggregate, use)
}

function afterFreeUnits(cell: Cell, aggregate: Aggregate): Aggregate {
  if (cell.freeUnits === 0n) return aggregate
  const [quantity, ...rest] = aggregate as readonly [bigint, ...bigint[]]
  return [quantity > cell.freeUnits ? quantity - cell.freeUnits : 0n, ...rest]
}

/** The exact price of a period's aggregate, before any rounding. */
export function exactAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): Exact {
  const { quantityScale, priceScale, per } = price.scales
  const amount = cell.model.amountFor(cell.compiled, afterFreeUnits(cell, aggregate))
  return exact(amount, quantityScale + priceScale, per)
}

/** What has been charged when the aggregate stands here: the price at the currency's rating scale, half-up. */
export function chargedAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): bigint {
  const { factor, divisor } = price.toRating
  const amount = cell.model.amountFor(cell.compiled, afterFreeUnits(cell, aggregate)) * factor
  return divisor === 1n ? amount : divideRounded(amount, divisor, 'half_up')
}

/** The steps from aggregate to amount, each with its exact amount. */
export function explainAmount(
  price: CompiledPrice,
  cell: Cell,
  aggregate: Aggregate,
): (Omit<PricedPart, 'amount'> & { exactAmount: Exact })[] {
  const { quantityScale, priceScale, per } = price.scales
  return cell.model.explain(cell.compiled, afterFreeUnits(cell, aggregate)).map(({ amount, ...part }) => ({
    ...part,
    exactAmount: exact(amount, quantityScale + priceScale, per),
  }))
}
