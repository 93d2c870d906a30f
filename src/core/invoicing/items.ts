import { currencyOf } from '../base/currency.ts'
import { type Exact, formatExact, roundExact } from '../base/exact.ts'
import type { InvoiceLine, Item } from './invoice-lines.ts'
import { productOf } from './line-arithmetic.ts'

/**
 * Lines of items: quantity × price, less the discount, rounded half-up once. 3 × 0.335 less 10 % is 0.9045, billed with 0.90.
 * @param kind `advance` where they ask for supplies to come, `commit` where they sell money that is drawn down
 * @param name of what they are asked by: no two items have the same name, so that none counts as more of another one
 */
export function itemLines(
  items: readonly Item[],
  name: string,
  currency: string,
  kind: 'item' | 'advance' | 'commit' = 'item',
): InvoiceLine[] {
  const { minorDigits } = currencyOf(currency)
  return items.map((item, index) => {
    const { description, product, from, until } = item
    const amount = amountOf(item)
    const period = { start: from, end: until }
    return {
      ...{ kind, subscriptionId: '', planVersionId: '', priceCode: product, cell: `${name}/${index + 1}` },
      ...{ period, shown: period, isLate: false, description, amount, usage: null, item },
      basis: { rule: kind === 'commit' ? 'item' : kind, ...item },
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

/** A line that asks for money for supplies to come; of another document it takes such money off. */
export function asksAdvance({ kind, item }: Pick<InvoiceLine, 'kind' | 'item'>): boolean {
  return kind === 'advance' && item !== undefined
}

/** Whether a document asks for an advance, and which ones come off it. */
export function advancesOn(lines: readonly InvoiceLine[]): { isAdvance?: true; deducts?: readonly string[] } {
  if (lines.some(asksAdvance)) return { isAdvance: true }
  const off = lines.filter(({ kind }) => kind === 'advance').map(({ basis }) => String(basis?.['of']))
  return off.length === 0 ? {} : { deducts: [...new Set(off)] }
}
