import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { type Exact, exact } from '../base/exact.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { Meter, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { isAdditive } from '../metering/series.ts'
import { type AttributeReading, compileReading, GROUP_SIGN, visitOf, withoutVisit } from './attributes.ts'
import { carriedPart } from './carried-usage.ts'
import { type CellMeasures, measuresOf, NONE } from './cell-measures.ts'
import type { CellSelector } from './cell-selector.ts'
import { compileSelector, type PriceSources } from './compile-selector.ts'
import type { CompiledDeck } from './compiled-deck.ts'
import { compileConversion, lastWithin } from './conversion.ts'
import { deckRates } from './deck-price.ts'
import { matrixRates } from './matrix.ts'
import { modelOf } from './models.ts'
import type { Aggregate, PriceModel, PriceScales, Use } from './price-model.ts'
import { longest, scalesOf } from './price-scales.ts'
import { boundedIncrease, compileBounds, type RecordBounds } from './record-bounds.ts'
import { billedOf, compileSessionRules, cutOf, type SessionRules, type SessionSoFar } from './session-rules.ts'
import { type CellSteps, compileSteps, type NamedTerms, withSteps } from './unit-steps.ts'

/** One rate of a price: the whole price, or its part for one time band or one value of a price signal. */
export interface Cell extends CellMeasures {
  readonly name: string | null
  readonly terms: RateTerms
  readonly model: PriceModel<RateTerms, unknown>
  readonly compiled: unknown
  /** From the meter's units to the price's, where they differ. */
  readonly convert: ((quantity: bigint) => bigint) | null
  readonly freeUnits: bigint
  /** A period's quantity below zero is credited; otherwise it costs nothing. */
  readonly isCredited: boolean
  readonly sessionRules: SessionRules | null
  /** The last quantity that has a price, as the model sees it; null where every quantity has one. */
  readonly lastPriced: bigint | null
  /** Quantities behind which the model prices differently, and the free units: where an amount may stop to grow. */
  readonly turns: readonly bigint[]
  /** Which cells follow one another in the course of a session. */
  readonly steps: CellSteps | null
  /** Of each session that is rated, at the price's amount scale and denominator. */
  readonly connectionFee: bigint
  readonly perRecord: RecordBounds | null
  /** What a discount leaves, in units of the price's discount digits. */
  readonly share: bigint
  /** Of the period's amount, at the scale of `amountOf`. */
  readonly maximum: bigint | null
}

/** A usage price made ready for the engine: no text, no lookups by name. */
export interface CompiledPrice extends AttributeReading {
  readonly price: UsagePrice
  readonly meter: Meter
  /** The quantity is the sum of what records say; otherwise the meter keeps a series of observations. */
  readonly isAdditive: boolean
  readonly currency: string
  readonly cells: readonly Cell[]
  readonly cellsByName: ReadonlyMap<string, Cell>
  /** Cells that cost something without usage. Groups are not known before they are used. */
  readonly dueUnused: readonly Cell[]
  readonly selector: CellSelector
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

export function compilePrice(
  price: UsagePrice,
  currency: string,
  meter: Meter,
  sources: PriceSources = {},
): CompiledPrice {
  const rates = ratesOf(price, sources.deck)
  const scales = scalesOf(price, rates, meter.scale)
  const discounts = rates.flatMap(({ terms }) => terms.discountPercent ?? [])
  const discountDigits = longest(discounts.map((percent) => decimal(percent).scale + 2))
  const cells = rates.map((rate) => compileCell(rate, price, meter, scales, discountDigits))
  const selector = compileSelector(price, sources)
  const { ratingScale } = currencyOf(currency)
  const shift = ratingScale - scales.quantityScale - scales.priceScale - discountDigits
  const toRating = { factor: powerOfTen(Math.max(shift, 0)), divisor: scales.per * powerOfTen(Math.max(-shift, 0)) }
  const reading = compileReading(price, meter)
  const dueUnused = reading.groupAt < 0 ? cells.filter((cell) => amountOf(cell, emptyAggregate(cell)) !== 0n) : []
  const cellsByName = new Map(cells.map((cell) => [cell.name ?? '', cell]))
  const hasSteps = cells.some(({ steps }) => steps !== null)
  const isSplitByTime =
    meter.aggregator === 'sum' && price.crossing !== 'start' && !selector.isConstant && cells.every(isDivisible)
  const splits = { isSplitByTime, hasSteps, isSplit: isSplitByTime || hasSteps }
  const shared = { price, meter, isAdditive: isAdditive(meter), currency, cells, selector, ...splits, scales }
  const deck = sources.deck ?? null
  return { ...shared, cellsByName, dueUnused, deck, discountDigits, ratingScale, toRating, ...reading }
}

/** The rate behind the name of a cell: where a price has groups, the name ends in the group's value. */
export function cellNamed({ cellsByName, groupAt }: CompiledPrice, cellName: string): Cell | undefined {
  const name = withoutVisit(cellName)
  if (groupAt < 0) return cellsByName.get(name)
  return cellsByName.get('') ?? cellsByName.get(name.slice(0, Math.max(0, name.indexOf(GROUP_SIGN))))
}

/** What a document calls the price and the cell. */
export function describeCell({ price, groupAt }: CompiledPrice, cellName: string): string {
  const [name, visit] = [withoutVisit(cellName), visitOf(cellName)]
  const since = visit === null ? '' : ` (from ${visit.slice(0, 10)})`
  if (name === '') return `${price.name}${since}`
  return `${price.name}: ${groupAt < 0 ? name : name.replace(GROUP_SIGN, ', ')}${since}`
}

function compileCell(
  rate: NamedTerms,
  { convert, belowZero }: UsagePrice,
  { scale: meterScale, negative }: Meter,
  scales: PriceScales,
  discountDigits: number,
): Cell {
  const { name, terms } = rate
  const { connectionFee = '0', freeUnits = '0', perRecord, discountPercent = '0', maximum } = terms
  const { quantityScale, priceScale, per } = scales
  const model = modelOf(terms)
  const compiled = model.compile(terms, scales)
  const toAmount = (text: string): bigint => toScale(decimal(text), priceScale) * powerOfTen(quantityScale) * per
  const fee = toAmount(connectionFee)
  const [whole, free] = [powerOfTen(discountDigits), toScale(decimal(freeUnits), quantityScale)]
  const off = discountDigits === 0 ? 0n : toScale(decimal(discountPercent), discountDigits - 2)
  const sessionRules = compileSessionRules(terms, meterScale, scales, convert)
  return {
    name,
    terms,
    model,
    compiled,
    lastPriced: model.lastPriced?.(compiled) ?? null,
    convert: convert === undefined ? null : compileConversion(convert, meterScale, quantityScale),
    freeUnits: free,
    turns: [free, ...model.breakpoints(compiled).map((quantity) => quantity + free)],
    isCredited: model.isLinear === true && (negative === undefined || belowZero === 'credited'),
    sessionRules,
    steps: compileSteps(rate, meterScale),
    connectionFee: fee,
    perRecord: perRecord === undefined ? null : compileBounds(perRecord, toAmount, quantityScale + priceScale, per),
    share: whole - off,
    maximum: maximum === undefined ? null : toAmount(maximum) * whole,
    ...measuresOf(model.measures, fee !== 0n, perRecord !== undefined, sessionRules?.most?.cutsUnits === true),
  }
}

/** The rates of a price with the names of their cells, in the order in which cells are numbered. */
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

export function emptyAggregate(cell: Cell): Aggregate {
  return new Array<bigint>(cell.measures).fill(0n)
}

/** What a record, or a session that has used something before, is billed for, by the cell's rules of sessions. */
export function billedQuantity({ sessionRules }: Cell, used: bigint, before?: SessionSoFar): bigint {
  return billedOf(sessionRules, used, before)
}

/** What the last of the units that are billed costs less, by the cell's rules of sessions. */
export function billedCut({ sessionRules }: Cell, billed: bigint, before?: SessionSoFar): bigint {
  return cutOf(sessionRules, billed, before)
}

/** Whether a record or session counts as rated: something of it is, or would be if it were not free by itself. */
export function isRatedUse({ sessionRules, model }: Cell, used: bigint, rated: bigint): boolean {
  if (rated > 0n || model.isPerEvent === true) return true
  return used > 0n && sessionRules !== null && sessionRules.free > 0n
}

/** Whether a session may be charged in parts: not where each record has an amount of its own. */
export function isDivisible({ model, perRecord }: Cell): boolean {
  return model.isPerEvent !== true && perRecord === null
}

export function accumulate(cell: Cell, aggregate: Aggregate, use: Use): Aggregate {
  const after = accumulateWhole(cell, aggregate, use)
  // What the counter began with stays.
  return aggregate.length > cell.measures ? [...after, ...aggregate.slice(cell.measures)] : after
}

function accumulateWhole(cell: Cell, aggregate: Aggregate, use: Use): Aggregate {
  const after = cell.model.accumulate(cell.compiled, aggregate, use)
  if (cell.measures === cell.model.measures) return after
  const { sessions = 1n } = use
  const all = [...after.slice(0, cell.model.measures)]
  if (cell.sessionsAt !== NONE) all.push((aggregate[cell.sessionsAt] ?? 0n) + sessions)
  if (cell.formerAt !== NONE) for (let at = all.length; at < cell.adjustedAt; at++) all.push(aggregate[at] ?? 0n)
  if (cell.adjustedAt === NONE) return all
  const before = (aggregate[cell.adjustedAt] ?? 0n) - cutIn(cell, aggregate, use)
  if (cell.perRecord === null) return [...all, before]
  const increase = recordedAmount(cell, [...all, before]) - recordedAmount(cell, aggregate)
  return [...all, before + boundedIncrease(cell.perRecord, increase, sessions) - increase]
}

/** A last unit that the period has free costs nothing, and no less. */
function cutIn({ freeUnits, sessionRules }: Cell, aggregate: Aggregate, { quantity, cut = 0n }: Use): bigint {
  if (cut === 0n || sessionRules?.most?.cutsUnits !== true || freeUnits === 0n) return cut
  const used = aggregate[0] as bigint
  return (quantity > 0n ? used + quantity : used) > freeUnits ? cut : 0n
}

function modelAmount(cell: Cell, aggregate: Aggregate): bigint {
  const amount = cell.model.amountFor(cell.compiled, toPriced(cell, aggregate))
  return cell.sessionsAt === NONE ? amount : amount + (aggregate[cell.sessionsAt] ?? 0n) * cell.connectionFee
}

/**
 * What the model sees: converted quantity, less the free units. Below zero is what an estimate can leave that is put right in
 * a later period, and what records take back where the meter lets them.
 */
export function toPriced({ convert, freeUnits, isCredited }: Cell, aggregate: Aggregate): Aggregate {
  const used = aggregate[0] as bigint
  if (used >= 0n && freeUnits === 0n && convert === null) return aggregate
  const rest = aggregate.slice(1)
  if (used < 0n && !isCredited) return [0n, ...rest]
  const quantity = convert === null ? used : convert(used)
  if (quantity < 0n) return [quantity, ...rest]
  return [quantity > freeUnits ? quantity - freeUnits : 0n, ...rest]
}

/** Whether a period's quantity, with so much more, has a price. */
export function hasPrice(cell: Cell, aggregate: Aggregate, more = 0n): boolean {
  if (cell.lastPriced === null) return true
  const [quantity, ...rest] = aggregate as [bigint, ...bigint[]]
  return (toPriced(cell, [quantity + more, ...rest])[0] as bigint) <= cell.lastPriced
}

/** Money at scale quantityScale + priceScale, times `per`, with what bounds of records have changed. */
export function recordedAmount(cell: Cell, aggregate: Aggregate): bigint {
  const amount = modelAmount(cell, aggregate)
  return cell.adjustedAt === NONE ? amount : amount + (aggregate[cell.adjustedAt] ?? 0n)
}

/** Money at scale quantityScale + priceScale + discountDigits, times `per`; of usage that was carried over, too. */
export function amountOf(cell: Cell, aggregate: Aggregate): bigint {
  const recorded = recordedAmount(cell, aggregate)
  const amount = cell.share === 1n ? recorded : recorded * cell.share
  return cell.maximum !== null && amount > cell.maximum ? cell.maximum : amount
}

/** What the price is of the usage that a counter began with; none where nothing was used before. */
export function carriedAmount(cell: Cell, aggregate: Aggregate): bigint {
  const carried = carriedPart(cell.measures, aggregate)
  const later = carried === null || isNothing(carried) ? 0n : amountOf(cell, carried)
  if (cell.formerAt === NONE || aggregate.length <= cell.formerAt) return later
  const former = aggregate.slice(cell.formerAt, cell.adjustedAt)
  return isNothing(former) ? later : later + amountOf(cell, former)
}

function isNothing(aggregate: Aggregate): boolean {
  return aggregate.every((measure) => measure === 0n)
}

/** The exact price of a period's aggregate, before any rounding. */
export function exactAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): Exact {
  const { quantityScale, priceScale, per } = price.scales
  const amount = amountOf(cell, aggregate) - carriedAmount(cell, aggregate)
  return exact(amount, quantityScale + priceScale + price.discountDigits, per)
}

/**
 * What has been charged when the aggregate stands here: the price at the currency's rating scale, half-up. Whole and
 * beginning are rounded each, so that counters which follow each other at equal prices add up to one that counts all.
 */
export function chargedAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): bigint {
  const whole = toRating(price, amountOf(cell, aggregate))
  const carried = carriedAmount(cell, aggregate)
  return carried === 0n ? whole : whole - toRating(price, carried)
}

function toRating({ toRating: { factor, divisor } }: CompiledPrice, amount: bigint): bigint {
  return divisor === 1n ? amount * factor : divideRounded(amount * factor, divisor, 'half_up')
}

/**
 * The most that can have been charged on the way from an aggregate to one with `more` units: where prices fall as usage
 * grows (volume), a smaller quantity may cost more than a larger one.
 */
export function peakAmount(price: CompiledPrice, cell: Cell, from: Aggregate, more: Use): bigint {
  const [low] = from as readonly [bigint, ...bigint[]]
  const high = low + more.quantity
  // Where a part of each session is free, its fee may be due before anything is rated.
  const opensFree = (cell.sessionRules?.free ?? 0n) > 0n
  const at = (quantity: bigint): bigint => {
    const sessions = quantity === low && !opensFree ? 0n : (more.sessions ?? 0n)
    return chargedAmount(price, cell, accumulate(cell, from, { ...more, quantity: quantity - low, sessions }))
  }
  let peak = at(high)
  for (const limit of cell.turns) {
    const last = cell.convert === null ? limit : lastWithin(cell.convert, limit, low, high)
    for (const quantity of last === null ? [] : [last, last + 1n]) {
      const amount = quantity <= low || quantity >= high ? peak : at(quantity)
      if (amount > peak) peak = amount
    }
  }
  const start = at(low)
  return start > peak ? start : peak
}
