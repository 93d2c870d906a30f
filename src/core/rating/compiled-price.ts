import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { type Exact, exact } from '../base/exact.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { Meter, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { type AttributeReading, compileReading, GROUP_SIGN } from './attributes.ts'
import { type CellSelector, compileSelector, type PriceSources } from './cell-selector.ts'
import type { CompiledDeck } from './compiled-deck.ts'
import { deckRates } from './deck-price.ts'
import { matrixRates } from './matrix.ts'
import { modelOf } from './models.ts'
import type { Aggregate, PricedPart, PriceModel, PriceScales, Use } from './price-model.ts'

/** One rate of a price: the whole price, or its part for one time band or one value of a price signal. */
export interface Cell {
  readonly name: string | null
  readonly terms: RateTerms
  readonly model: PriceModel<RateTerms, unknown>
  readonly compiled: unknown
  readonly freeUnits: bigint
  readonly increments: { readonly first: bigint; readonly next: bigint; readonly most: bigint | null } | null
  /** The first increment has a price of its own: balances of units cannot cover a part of it. */
  readonly isMoneyOnly: boolean
  /** Of each session that is rated, at the price's amount scale and denominator: its fee, and what the first increment costs beyond the price of its units. */
  readonly connectionFee: bigint
  /** How many integers the aggregate has: those of the model, and the number of sessions where each costs a fee. */
  readonly measures: number
}

/** A usage price made ready for the engine: no text, no lookups by name. */
export interface CompiledPrice extends AttributeReading {
  readonly price: UsagePrice
  readonly meter: Meter
  readonly currency: string
  readonly cells: readonly Cell[]
  readonly cellsByName: ReadonlyMap<string, Cell>
  /** Cells that cost something without usage. Groups are not known before they are used. */
  readonly dueUnused: readonly Cell[]
  readonly selector: CellSelector
  readonly scales: PriceScales
  /** Of the money in charges. */
  readonly ratingScale: number
  /** A model's integer × factor ÷ divisor is money at the rating scale. */
  readonly toRating: { readonly factor: bigint; readonly divisor: bigint }
  /** Where the rates come from, for prices that name one. */
  readonly deck: CompiledDeck | null
}

export function compilePrice(
  price: UsagePrice,
  currency: string,
  meter: Meter,
  sources: PriceSources = {},
): CompiledPrice {
  const rates = ratesOf(price, sources.deck)
  const scales: PriceScales = {
    quantityScale: meter.scale,
    priceScale: longest(
      rates.flatMap(({ terms }) =>
        modelOf(terms)
          .amounts(terms)
          .concat(terms.connectionFee ?? '0', terms.increments?.firstAmount ?? '0')
          .map((text) => decimal(text).scale),
      ),
    ),
    per: toScale(decimal(price.per ?? '1'), 0),
  }
  const cells = rates.map(({ name, terms }) => compileCell(name, terms, scales))
  const selector = compileSelector(price, sources)
  const deck = sources.deck ?? null
  const { ratingScale } = currencyOf(currency)
  const shift = ratingScale - scales.quantityScale - scales.priceScale
  const toRating = { factor: powerOfTen(Math.max(shift, 0)), divisor: scales.per * powerOfTen(Math.max(-shift, 0)) }
  const reading = compileReading(price, meter)
  const dueUnused = reading.groupAt < 0 ? cells.filter((cell) => amountOf(cell, emptyAggregate(cell)) !== 0n) : []
  const cellsByName = new Map(cells.map((cell) => [cell.name ?? '', cell]))
  return {
    price,
    meter,
    currency,
    cells,
    cellsByName,
    dueUnused,
    selector,
    scales,
    ratingScale,
    toRating,
    deck,
    ...reading,
  }
}

/** The rate behind the name of a cell: where a price has groups, the name ends in the group's value. */
export function cellNamed({ cellsByName, groupAt }: CompiledPrice, name: string): Cell | undefined {
  if (groupAt < 0) return cellsByName.get(name)
  return cellsByName.get('') ?? cellsByName.get(name.slice(0, Math.max(0, name.indexOf(GROUP_SIGN))))
}

/** What a document calls the price and the cell. */
export function describeCell({ price, groupAt }: CompiledPrice, name: string): string {
  if (name === '') return price.name
  return `${price.name}: ${groupAt < 0 ? name : name.replace(GROUP_SIGN, ', ')}`
}

/** A rate deck may have more rates than a call takes arguments. */
function longest(scales: readonly number[]): number {
  return scales.reduce((most, scale) => Math.max(most, scale), 0)
}

function compileCell(name: string | null, terms: RateTerms, scales: PriceScales): Cell {
  const { increments, connectionFee = '0', freeUnits = '0' } = terms
  const model = modelOf(terms)
  const toQuantity = (text: string): bigint => toScale(decimal(text), scales.quantityScale)
  const toAmount = (text: string): bigint =>
    toScale(decimal(text), scales.priceScale) * powerOfTen(scales.quantityScale) * scales.per
  const fee = toAmount(connectionFee) + firstSurcharge(terms, toAmount, toQuantity, scales)
  return {
    name,
    terms,
    model,
    compiled: model.compile(terms, scales),
    freeUnits: toQuantity(freeUnits),
    increments:
      increments === undefined
        ? null
        : {
            first: toQuantity(increments.first),
            next: toQuantity(increments.next),
            most: increments.most === undefined ? null : toQuantity(increments.most),
          },
    isMoneyOnly: increments?.firstAmount !== undefined,
    connectionFee: fee,
    measures: model.measures + (fee === 0n ? 0 : 1),
  }
}

/** What the first increment costs beyond the price of its units, at the amount scale; negative where it costs less. */
function firstSurcharge(
  terms: RateTerms,
  toAmount: (text: string) => bigint,
  toQuantity: (text: string) => bigint,
  { priceScale }: PriceScales,
): bigint {
  const { increments } = terms
  if (increments?.firstAmount === undefined || terms.model !== 'per_unit') return 0n
  return (
    toAmount(increments.firstAmount) - toQuantity(increments.first) * toScale(decimal(terms.unitAmount), priceScale)
  )
}

/** The rates of a price with the names of their cells, in the order in which cells are numbered. */
export function ratesOf(price: UsagePrice, deck?: CompiledDeck): { name: string | null; terms: RateTerms }[] {
  if (price.rate !== undefined) return [{ name: null, terms: price.rate }]
  if (price.schedule !== undefined) {
    return Object.entries(price.schedule.rates).map(([name, terms]) => ({ name, terms }))
  }
  if (price.deck !== undefined) return deck === undefined ? [] : deckRates(price.deck, deck)
  if (price.matrix !== undefined) return matrixRates(price.matrix)
  const bands = [...(price.bands ?? []), ...(price.otherwise === undefined ? [] : [price.otherwise])]
  return bands.map(({ name, rate }) => ({ name, terms: rate }))
}

export function emptyAggregate(cell: Cell): Aggregate {
  return new Array<bigint>(cell.measures).fill(0n)
}

/** What a session that used so much is billed for: rounded up to the cell's increments. */
export function billedQuantity({ increments }: Cell, used: bigint): bigint {
  if (increments === null || used <= 0n) return used
  const { first, next, most } = increments
  const billed = used <= first ? first : first + divideRounded(used - first, next, 'ceiling') * next
  return most !== null && billed > most ? most : billed
}

export function accumulate(cell: Cell, aggregate: Aggregate, use: Use): Aggregate {
  const after = cell.model.accumulate(cell.compiled, aggregate, use)
  if (cell.connectionFee === 0n) return after
  return [...after.slice(0, cell.model.measures), (aggregate[cell.model.measures] ?? 0n) + (use.sessions ?? 1n)]
}

function afterFreeUnits(cell: Cell, aggregate: Aggregate): Aggregate {
  if (cell.freeUnits === 0n) return aggregate
  const [quantity, ...rest] = aggregate as readonly [bigint, ...bigint[]]
  return [quantity > cell.freeUnits ? quantity - cell.freeUnits : 0n, ...rest]
}

/** Money at scale quantityScale + priceScale, times `per`. */
function amountOf(cell: Cell, aggregate: Aggregate): bigint {
  const amount = cell.model.amountFor(cell.compiled, afterFreeUnits(cell, aggregate))
  if (cell.connectionFee === 0n) return amount
  return amount + (aggregate[cell.model.measures] ?? 0n) * cell.connectionFee
}

/** The exact price of a period's aggregate, before any rounding. */
export function exactAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): Exact {
  const { quantityScale, priceScale, per } = price.scales
  return exact(amountOf(cell, aggregate), quantityScale + priceScale, per)
}

/** What has been charged when the aggregate stands here: the price at the currency's rating scale, half-up. */
export function chargedAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): bigint {
  const { factor, divisor } = price.toRating
  const amount = amountOf(cell, aggregate) * factor
  return divisor === 1n ? amount : divideRounded(amount, divisor, 'half_up')
}

/**
 * The most that can have been charged on the way from an aggregate to one with `more` units: where prices fall as usage
 * grows (volume), a smaller quantity may cost more than a larger one.
 */
export function peakAmount(price: CompiledPrice, cell: Cell, from: Aggregate, more: Use): bigint {
  const [low] = from as readonly [bigint, ...bigint[]]
  const high = low + more.quantity
  const at = (quantity: bigint): bigint => {
    const sessions = quantity === low ? 0n : (more.sessions ?? 0n)
    return chargedAmount(price, cell, accumulate(cell, from, { ...more, quantity: quantity - low, sessions }))
  }
  let peak = at(high)
  for (const turn of [0n, ...cell.model.breakpoints(cell.compiled)]) {
    for (const quantity of [turn + cell.freeUnits, turn + cell.freeUnits + 1n]) {
      if (quantity <= low || quantity >= high) continue
      const amount = at(quantity)
      if (amount > peak) peak = amount
    }
  }
  const start = at(low)
  return start > peak ? start : peak
}

/** A fee, and the first increment at its own price, together are one amount a session. */
const FIRST_LABEL = 'sessions: connection fee, and the first increment at its own price less that of its units'

/** The steps from aggregate to amount, each with its exact amount. */
export function explainAmount(
  price: CompiledPrice,
  cell: Cell,
  aggregate: Aggregate,
): (Omit<PricedPart, 'amount'> & { exactAmount: Exact })[] {
  const { quantityScale, priceScale, per } = price.scales
  const sessions = cell.connectionFee === 0n ? 0n : (aggregate[cell.model.measures] ?? 0n)
  const fees: PricedPart = {
    label: cell.isMoneyOnly ? FIRST_LABEL : 'connection fee',
    units: sessions * powerOfTen(quantityScale),
    unitAmount: cell.isMoneyOnly ? null : (cell.terms.connectionFee ?? '0'),
    flatAmount: null,
    amount: sessions * cell.connectionFee,
  }
  const parts = cell.model.explain(cell.compiled, afterFreeUnits(cell, aggregate))
  return (sessions === 0n ? parts : [...parts, fees]).map(({ amount, ...part }) => ({
    ...part,
    exactAmount: exact(amount, quantityScale + priceScale, per),
  }))
}
