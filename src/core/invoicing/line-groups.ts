import { currencyOf } from '../base/currency.ts'
import { addExact, exact, roundExact } from '../base/exact.ts'
import { powerOfTen } from '../base/rounding.ts'
import type { UsagePrice } from '../catalog/plan.ts'
import { GROUP_SIGN } from '../rating/attributes.ts'
import type { Billable } from './invoice-lines.ts'

/** What a charge shares its line with, by the price's `invoiceLine`; null where each rate has a line of its own. */
export function groupNameOf(
  price: Pick<UsagePrice, 'name' | 'invoiceLine'>,
  cell: string,
): { readonly name: string; readonly description: string } | null {
  if (price.invoiceLine === 'price') return { name: '', description: price.name }
  if (price.invoiceLine !== 'group') return null
  const name = cell.slice(cell.lastIndexOf(GROUP_SIGN) + 1)
  return { name, description: `${price.name}: ${name}` }
}

/**
 * Rounds charges of one line together, once, and shares the minor units among them by the largest remainder: 231
 * destinations that come to 33.1881 are 33.19, where each rounded by itself would make 33.30. Others stay as they are.
 */
export function roundedTogether(
  billables: readonly Billable[],
  priceOf: (billable: Billable) => UsagePrice | undefined,
  currency: string,
): Billable[] {
  const named = billables.map((billable) => {
    const price = billable.usage === null ? undefined : priceOf(billable)
    const group = price === undefined ? null : groupNameOf(price, billable.cell)
    const { subscriptionId, planVersionId, priceCode, period } = billable
    const key = [subscriptionId, planVersionId, priceCode, period.start, group?.name ?? ''].join('\n')
    return { billable, group, key }
  })
  const { minorDigits } = currencyOf(currency)
  const shared = new Map<Billable, Billable>()
  for (const [key, own] of Map.groupBy(
    named.filter(({ group }) => group !== null),
    (one) => one.key,
  )) {
    const members = own.map(({ billable }) => billable)
    const sum = members.reduce((total, { amount }) => addExact(total, amount), exact(0n))
    const shares = sharesOf(members, roundExact(sum, minorDigits), minorDigits)
    const group = { key, description: own[0]?.group?.description ?? '', exact: sum }
    for (const [index, member] of members.entries()) shared.set(member, { ...member, group, minor: shares[index] })
  }
  return billables.map((billable) => shared.get(billable) ?? billable)
}

/** Each rounded down, and what is left of the total to those that lost most by it, the earlier one first. */
function sharesOf(members: readonly Billable[], total: bigint, minorDigits: number): bigint[] {
  const shares = members.map(({ amount }) => roundExact(amount, minorDigits, 'floor'))
  const lost = members.map(({ amount }, index) => {
    const { numerator, denominator, scale } = addExact(amount, exact(-(shares[index] as bigint), minorDigits))
    return { index, numerator, denominator: denominator * powerOfTen(scale) }
  })
  lost.sort((a, b) => {
    const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator]
    return left === right ? a.index - b.index : left > right ? -1 : 1
  })
  let left = total - shares.reduce((sum, share) => sum + share, 0n)
  for (const { index } of lost) {
    if (left === 0n) break
    shares[index] = (shares[index] as bigint) + 1n
    left -= 1n
  }
  return shares
}
