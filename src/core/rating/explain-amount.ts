import { type Exact, exact } from '../base/exact.ts'
import { carriedAmount, toPriced } from './charged-amount.ts'
import type { Cell, CompiledPrice } from './compiled-price.ts'
import type { Aggregate, PricedPart } from './models/price-model.ts'
import { told } from './modifiers/modifier.ts'

/** The steps from aggregate to amount, each with its exact amount: those of the model, then one for each modifier that changes it. */
export function explainAmount(
  price: CompiledPrice,
  cell: Cell,
  aggregate: Aggregate,
): (Omit<PricedPart, 'amount'> & { exactAmount: Exact })[] {
  const { quantityScale, priceScale, per } = price.scales
  const priced = toPriced(cell, aggregate)
  let parts = cell.model.explain(cell.compiled, priced)
  let amount = cell.model.amountFor(cell.compiled, priced)
  for (const modifier of [...cell.modifiers.ofRecords, ...cell.modifiers.ofPeriod]) {
    const { enlarges } = modifier
    const after = modifier.apply(amount, aggregate)
    const change = after - amount * enlarges
    const step = modifier.explain(change, aggregate)
    parts = parts.map((part) => ({ ...part, amount: part.amount * enlarges }))
    if (step !== null) parts.push({ ...step, amount: change })
    amount = after
  }
  const carried = carriedAmount(cell, aggregate)
  if (carried !== 0n) parts.push({ ...told('used before under another plan'), amount: -carried })
  return parts.map(({ amount: own, ...part }) => ({
    ...part,
    exactAmount: exact(own, quantityScale + priceScale + price.discountDigits, per),
  }))
}
