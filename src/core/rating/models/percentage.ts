import { compare, decimal, formatDecimal, toScale } from '../../base/decimal.ts'
import { powerOfTen } from '../../base/rounding.ts'
import type { PercentageTerms } from '../../catalog/rate-terms.ts'
import { percentAsFactor } from './percent.ts'
import type { Aggregate, PriceModel } from './price-model.ts'

interface CompiledPercentage {
  /** Of one unit of money, at the price's scale. */
  readonly factor: bigint
  /** At the price's amount scale. */
  readonly fixed: bigint
  readonly minimum: bigint | null
  readonly maximum: bigint | null
  readonly freeEvents: bigint | null
  readonly freeAmount: bigint | null
  readonly terms: PercentageTerms
}

/** Places in the aggregate, after the money that the records carry and their number. */
const FEES = 2

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** What of an event's money is charged for, where so much and so many events came before; null where it is free. */
function chargeable(compiled: CompiledPercentage, before: Aggregate, quantity: bigint): bigint | null {
  const { freeEvents, freeAmount } = compiled
  const [carried = 0n, events = 0n] = before
  if (freeEvents === null && freeAmount === null) return quantity
  if (freeEvents !== null && events >= freeEvents) return quantity
  if (freeAmount === null) return null
  const paid = smaller(quantity, carried + quantity - freeAmount)
  return paid > 0n ? paid : null
}

function feeOf(compiled: CompiledPercentage, before: Aggregate, quantity: bigint): bigint {
  const paid = chargeable(compiled, before, quantity)
  if (paid === null) return 0n
  const fee = paid * compiled.factor + compiled.fixed
  const atLeast = compiled.minimum === null ? fee : larger(fee, compiled.minimum)
  return compiled.maximum === null ? atLeast : smaller(atLeast, compiled.maximum)
}

/**
 * Percentage: a share of the money that each record carries, a fixed amount per event, and bounds of both together. The
 * first events to arrive, or the first money, may be free. 2.99% of 10, 80 and 10,000 between 1.75 and 12 is
 * 1.75 + 2.392 + 12.
 */
export const percentage: PriceModel<PercentageTerms, CompiledPercentage> = {
  measures: 3,
  isPerEvent: true,
  isOfMoney: true,
  check({ minimumPerEvent, maximumPerEvent }) {
    if (minimumPerEvent === undefined || maximumPerEvent === undefined) return []
    if (compare(decimal(minimumPerEvent), decimal(maximumPerEvent)) <= 0) return []
    return [{ path: ['minimumPerEvent'], message: 'the minimum is more than the maximum' }]
  },
  amounts: ({ percent, fixedPerEvent = '0', minimumPerEvent = '0', maximumPerEvent = '0' }) => [
    percentAsFactor(percent),
    fixedPerEvent,
    minimumPerEvent,
    maximumPerEvent,
  ],
  quantities: ({ freeAmount }) => (freeAmount === undefined ? [] : [freeAmount]),
  compile(terms, scales) {
    const amountOf = (text: string): bigint =>
      toScale(decimal(text), scales.priceScale) * powerOfTen(scales.quantityScale) * scales.per
    const { percent, fixedPerEvent = '0', minimumPerEvent, maximumPerEvent, freeEvents, freeAmount } = terms
    return {
      factor: toScale(decimal(percentAsFactor(percent)), scales.priceScale),
      fixed: amountOf(fixedPerEvent),
      minimum: minimumPerEvent === undefined ? null : amountOf(minimumPerEvent),
      maximum: maximumPerEvent === undefined ? null : amountOf(maximumPerEvent),
      freeEvents: freeEvents === undefined ? null : BigInt(freeEvents),
      freeAmount: freeAmount === undefined ? null : toScale(decimal(freeAmount), scales.quantityScale),
      terms,
    }
  },
  accumulate(compiled, aggregate, { quantity, sessions = 1n }) {
    const [carried = 0n, events = 0n, fees = 0n] = aggregate
    if (quantity >= 0n && sessions >= 0n)
      return [carried + quantity, events + sessions, fees + feeOf(compiled, aggregate, quantity)]
    // What is taken back counts as the last that came.
    const before = [carried + quantity, events + sessions]
    return [...before, fees - feeOf(compiled, before, -quantity)]
  },
  amountFor: (_compiled, aggregate) => aggregate[FEES] ?? 0n,
  breakpoints: () => [],
  explain(compiled, aggregate) {
    const [carried = 0n, events = 0n, fees = 0n] = aggregate
    const { percent, fixedPerEvent = '0' } = compiled.terms
    if (events === 0n) return []
    const { coefficient, scale } = decimal(fixedPerEvent)
    const plain = carried * compiled.factor + events * compiled.fixed
    const shares = {
      label: `${percent} % of each, ${events} events`,
      units: carried,
      unitAmount: percentAsFactor(percent),
      flatAmount: coefficient === 0n ? null : formatDecimal({ coefficient: coefficient * events, scale }),
      amount: plain,
    }
    if (plain === fees) return [shares]
    // Of 10 at 2.99 % and at least 1.75 the share is 0.299, and 1.451 is what is missing.
    const label = 'free events, minimum and maximum of each'
    return [shares, { label, units: 0n, unitAmount: null, flatAmount: null, amount: fees - plain }]
  },
}
