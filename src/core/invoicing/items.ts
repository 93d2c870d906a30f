import { currencyOf } from '../base/currency.ts'
import { type Exact, formatExact, roundExact } from '../base/exact.ts'
import type { InvoiceLine, Item } from './invoice-lines.ts'
import { productOf } from './line-arithmetic.ts'

/**
 * Lines of items: quantity × price, less the discount, rounded half-up once. 3 × 0.335 less 10 % is 0.9045, billed with 0.90.
 * @param name of what they are asked by: no two items have the same name, so that none counts as more of another one
 */
export function itemLines(items: readonly Item[], name: string, currency: string): InvoiceLine[] {
  const { minorDigits } = currencyOf(currency)
  return items.map((item, index) => {
    const { description, product, from, until } = item
    const amount = amountOf(item)
    const period = { start: from, end: until }
    return {
      ...{ kind: 'item', subscriptionId: '', planVersionId: '', priceCode: product, cell: `${name}/${index + 1}` },
      ...{ period, shown: period, isLate: false, description, amount, usage: null, item },
      basis: { rule: 'item', ...item },
      exactAmount: formatExact(amount),
      amountMinor: roundExact(amount, minorDigits),
      billedBefore: { amountMinor: 0n, measures: [], records: 0 },
    }
  })
}

function amountOf({ quantity, unitPrice, discountPercent }: Item): Exact {
  return productOf({
    ...{ quantity, unitAmount: unitPrice, per: null },
    ...(discountPercent === null ? {} : { discountPercent }),
  })
}
