import { currencyOf } from '../base/currency.ts'
import { exact, formatExact } from '../base/exact.ts'
import { formatMinor } from '../base/money.ts'
import { billableKey, type InvoiceLine } from '../invoicing/invoice-lines.ts'
import { asksAdvance } from '../invoicing/items.ts'
import { type LineTax, taxOf } from '../invoicing/line-tax.ts'
import { grossOf } from '../tax/arithmetic/credit-notes.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'
import { fill, WORDS } from '../words/words.ts'
import type { AccountFacts } from './account-facts.ts'
import type { BilledLine } from './billed-lines.ts'
import { grossOf as documentGrossOf } from './document-amounts.ts'
import { asUntaxed, creditOf, leftOf, taxedAs } from './line-taxes.ts'

/**
 * What was paid in advance comes off the documents of its supplies, by lines against those of the advance invoice, the earliest first: each with
 * the tax that it was billed with, from charges that are taxed alike, and of no more than these, or the whole document, come to. Example: 119.00
 * were paid, 19.00 of it tax at 19 %. A bill of 59.50 at 19 % and 21.00 at 5 % has −59.50, comes to 21.00, and 59.50 are left for the next one;
 * a bill of 59.50 at 19 % that takes back 21.00 at 5 % has −38.50, and comes to nothing.
 * @param lines of the document, with their tax
 */
export function advancesOff(facts: AccountFacts, lines: readonly InvoiceLine[]): InvoiceLine[] {
  const { advances = [], billed } = facts
  if (advances.length === 0 || lines.some(asksAdvance) || lines.every(({ kind }) => kind === 'commit')) return []
  const room = new Map<string, bigint>()
  let toPay = documentGrossOf(lines)
  for (const part of lines.flatMap(partsOf)) {
    const key = taxedAs(part.decision)
    room.set(key, (room.get(key) ?? 0n) + grossOf(part))
  }
  return advances.flatMap((advance): InvoiceLine[] => {
    const parts = (billed.taxed.get(billableKey(advance)) ?? []).flatMap((kept) => {
      const key = taxedAs(kept.decision)
      const most = room.get(key) ?? 0n
      const taken = leastOf(leftOf(kept, 'gross'), most, toPay)
      if (taken <= 0n) return []
      room.set(key, most - taken)
      toPay -= taken
      return creditOf(kept, taken, 'gross')
    })
    return parts.length === 0 ? [] : [lineOf(facts, advance, parts)]
  })
}

/**
 * What was paid in advance and could not come off documents that are to be paid, since it is taxed otherwise than they are: a sentence for each
 * advance. Example: 119.00 were paid, 19.00 of it tax at 19 %. A bill of 50.00 at 21 % has nothing taken off; all 119.00 are left.
 * @param documents lines of each that is due, as they are planned
 */
export function advancesLeftBeside(facts: AccountFacts, documents: readonly (readonly InvoiceLine[])[]): string[] {
  const { advances = [], billed, account } = facts
  const charging = documents.filter((lines) => !lines.some(asksAdvance) && lines.some(({ kind }) => kind !== 'commit'))
  if (advances.length === 0 || !charging.some((lines) => documentGrossOf(lines) > 0n)) return []
  const taken = Map.groupBy(
    charging.flat().filter(({ kind }) => kind === 'advance'),
    billableKey,
  )
  return advances.flatMap((advance) => {
    const key = billableKey(advance)
    const kept = billed.taxed.get(key) ?? []
    const left = sumOf(kept.map((one) => leftOf(one, 'gross'))) + documentGrossOf(taken.get(key) ?? [])
    if (left <= 0n) return []
    const amount = `${formatMinor(left, account.currency)} ${account.currency}`
    return [`${amount} of the advance invoice ${advance.document} do not come off it: they are taxed otherwise`]
  })
}

function leastOf(...amounts: readonly bigint[]): bigint {
  return amounts.reduce((least, one) => (one < least ? one : least))
}

function partsOf({ tax, amountMinor }: InvoiceLine): readonly LineTax[] {
  return tax ?? [asUntaxed(amountMinor)]
}

function lineOf({ account, customer, tax }: AccountFacts, advance: BilledLine, parts: readonly LineTax[]): InvoiceLine {
  const { kind, subscriptionId, planVersionId, priceCode, cell, period, document: number } = advance
  const { minorDigits } = currencyOf(account.currency)
  const netMinor = sumOf(parts.map((part) => part.netMinor))
  const amountMinor = tax?.pricesIncludeTax === true ? netMinor + taxOf({ tax: parts }) : netMinor
  const amount = exact(amountMinor, minorDigits)
  return {
    ...{ kind, subscriptionId, planVersionId, priceCode, cell, period, shown: period, isLate: false },
    description: fill(WORDS[customer.language].document.deducted, { number }),
    ...{ amount, exactAmount: formatExact(amount), amountMinor, usage: null },
    basis: { rule: 'advance', of: number },
    billedBefore: { amountMinor: 0n, measures: [], records: 0 },
    ...(tax?.terms == null ? {} : { tax: parts }),
  }
}
