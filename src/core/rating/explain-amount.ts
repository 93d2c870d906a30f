import { type Exact, exact } from '../base/exact.ts'
import { carriedAmount, toPriced } from './charged-amount.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import type { Aggregate, PricedPart } from './models/price-model.ts'
import { told } from './modifiers/modifier.ts'

/** The steps from aggregate to amount, each with its exact amount: those of the model, then one for each modifier that changes it. */
export function explainAmount(
  price: CompiledPrice,
  element: RateElement,
  aggregate: Aggregate,
): (Omit<PricedPart, 'amount'> & { exactAmount: Exact })[] {
  const { quantityScale, priceScale, per } = price.scales
  const priced = toPriced(element, aggregate)
  let parts = element.model.explain(element.compiled, priced)
  let amount = element.model.amountFor(element.compiled, priced)
  for (const modifier of [...element.modifiers.ofRecords, ...element.modifiers.ofPeriod]) {
    const { enlarges } = modifier
    const after = modifier.apply(amount, aggregate)
    const change = after - amount * enlarges
    const step = modifier.explain(change, aggregate)
    parts = parts.map((part) => ({ ...part, amount: part.amount * enlarges }))
    if (step !== null) parts.push({ ...step, amount: change })
    amount = after
  }
  const carried = carriedAmount(element, aggregate)
  if (carried !== 0n) parts.push({ ...told('used before under another plan'), amount: -carried })
  return parts.map(({ amount: own, ...part }) => ({
    ...part,
    exactAmount: exact(own, quantityScale + priceScale + price.discountDigits, per),
  }))
}
