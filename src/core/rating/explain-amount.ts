import { type Exact, exact } from '../base/exact.ts'
import { powerOfTen } from '../base/rounding.ts'
import { NONE } from './cell-measures.ts'
import { amountOf, type Cell, type CompiledPrice, carriedAmount, recordedAmount, toPriced } from './compiled-price.ts'
import type { Aggregate, PricedPart } from './price-model.ts'

/** The steps from aggregate to amount, each with its exact amount. */
export function explainAmount(
  price: CompiledPrice,
  cell: Cell,
  aggregate: Aggregate,
): (Omit<PricedPart, 'amount'> & { exactAmount: Exact })[] {
  const { quantityScale, priceScale, per } = price.scales
  const { terms } = cell
  const discounted = powerOfTen(price.discountDigits)
  const step = (label: string, amount: bigint, unitAmount: string | null = null, units = 0n): PricedPart => {
    return { label, units, unitAmount, flatAmount: null, amount }
  }
  const parts = cell.model
    .explain(cell.compiled, toPriced(cell, aggregate))
    .map((part) => ({ ...part, amount: part.amount * discounted }))
  const sessions = cell.sessionsAt === NONE ? 0n : (aggregate[cell.sessionsAt] ?? 0n)
  if (sessions !== 0n) {
    const fees = sessions * cell.connectionFee * discounted
    const sum = step('connection fee', fees, terms.connectionFee, sessions * powerOfTen(quantityScale))
    parts.push({ ...sum, isCounted: true })
  }
  const adjusted = cell.adjustedAt === NONE ? 0n : (aggregate[cell.adjustedAt] ?? 0n)
  const bounds = cell.perRecord === null ? 'maximum cost of each record' : 'rounding and bounds of each record'
  if (adjusted !== 0n) parts.push(step(bounds, adjusted * discounted))
  const recorded = recordedAmount(cell, aggregate)
  if (cell.share !== discounted)
    parts.push(step(`discount ${terms.discountPercent} %`, recorded * (cell.share - discounted)))
  const beyond = amountOf(cell, aggregate) - recorded * cell.share
  if (beyond !== 0n) parts.push(step(`maximum ${terms.maximum}`, beyond))
  const carried = carriedAmount(cell, aggregate)
  if (carried !== 0n) parts.push(step('used before under another plan', -carried))
  return parts.map(({ amount, ...part }) => ({
    ...part,
    exactAmount: exact(amount, quantityScale + priceScale + price.discountDigits, per),
  }))
}
