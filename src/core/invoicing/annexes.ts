import { formatMinor } from '../base/money.ts'
import type { InvoiceLine } from './invoice-lines.ts'
import { netOf, taxOf } from './line-tax.ts'

/** What a document bills for another account than the one it is sent to. Amounts are texts in major units. */
export interface Annex {
  /** The key of the account, which its lines bear, and whose it is. */
  readonly account: string
  readonly name: string
  readonly net: string
  readonly tax: string
  readonly total: string
}

/** By the ids of accounts that are billed to another one: their keys, and whose they are. */
export type Holders = ReadonlyMap<string, Pick<Annex, 'account' | 'name'>>

/** An annex for each account that lines are of, besides the one that the document is sent to. */
export function annexesOf(
  lines: readonly InvoiceLine[],
  holders: Holders | undefined,
  currency: string,
): { readonly annexes?: readonly Annex[] } {
  const annexes = [...Map.groupBy(lines, ({ accountId = '' }) => accountId)].flatMap(([accountId, own]) => {
    const holder = holders?.get(accountId)
    if (holder === undefined) return []
    const sum = (amountOf: (line: InvoiceLine) => bigint): bigint =>
      own.reduce((total, line) => total + amountOf(line), 0n)
    const [net, tax] = [sum(netOf), sum(taxOf)]
    const amounts = { net: formatMinor(net, currency), tax: formatMinor(tax, currency) }
    return [{ ...holder, ...amounts, total: formatMinor(net + tax, currency) }]
  })
  return annexes.length === 0 ? {} : { annexes }
}
