import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { type SoldTerms, soldAmounts } from '../../core/billing/prepaid-sale.ts'
import { type LotDraft, type OperationContext, topUp } from '../../core/charging/operations.ts'
import { type SoldAmounts, type SoldOutcome, type SoldTakenBack, topUpSold } from '../../core/charging/sold-money.ts'
import { prepaidSold, prepaidTakenBack } from '../../core/ledger/prepaid-templates.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { postEntry, postingRows } from '../ledger/index.ts'
import { insertTaking, type SaleTaking, type StoredSale, saleRows } from './prepaid-sale-store.ts'
import { entryRows, insertEntries } from './store.ts'

/** The kind of the job that issues documents of sales; its key is the id of the account. */
export const PREPAID_SALES_JOB = 'prepaid_sales'

/** What of money that came in was sold with its tax, as answers tell it. */
export interface SoldView {
  readonly gross: string
  readonly net: string
  readonly tax: string
}

/**
 * Money comes in to be used, through whatever door: it is sold with its tax where it is taxed now. Money that members use, too, is not: what
 * they use is taxed on their documents.
 * @param terms undefined where it is taxed when it is used
 */
export function takeIn(
  operation: OperationContext,
  paid: LotDraft,
  bonuses: readonly LotDraft[],
  terms: SoldTerms | undefined,
  currency: string,
): SoldOutcome {
  if (terms === undefined || paid.isShared) return { ...topUp(operation, paid, bonuses), sold: null }
  const sell = (grossMinor: bigint): SoldAmounts => soldAmounts(terms.decision, grossMinor, currency)
  return topUpSold(operation, paid, bonuses, sell, toRatingScale(1n, currency))
}

/** What was sold by something that came in, with its terms. */
export function newSale(
  of: Pick<StoredSale, 'accountId' | 'origin' | 'key' | 'currency'>,
  terms: SoldTerms,
  sold: NonNullable<SoldOutcome['sold']>,
  nowMs: number,
): StoredSale {
  return { id: newId(), ...of, ...terms, ...sold, createdAt: new Date(nowMs) }
}

/** What is written with the money of sales: themselves, their tax as what cannot be drawn down, and that in the ledger. */
export function rowsOfSales(sales: readonly StoredSale[], nowMs: number): NewRows[] {
  const taxed = sales.map((sale) => ({ ...sale, minor: sumOf(sale.taxMinor) })).filter(({ minor }) => minor !== 0n)
  const entries = taxed.map(({ accountId, key, minor, currency }) => {
    return { accountId, kind: 'prepaid_tax', unit: null, amount: formatMinor(-minor, currency), key, note: null }
  })
  const postings = taxed.map(({ id, accountId, currency, minor }) => {
    return { template: 'prepaid_sold' as const, documentId: id, postings: prepaidSold(accountId, currency, minor) }
  })
  return [saleRows(sales), entryRows(entries, nowMs), postingRows(postings, nowMs)]
}

/** Asks for the documents of sales, in the transaction that has sold. */
export async function askForSaleDocuments(db: Database, accountIds: Iterable<string>, nowMs: number): Promise<void> {
  for (const key of new Set(accountIds)) await askForJob(db, { kind: PREPAID_SALES_JOB, key }, nowMs)
}

export function toSoldView({ grossMinor, netMinor, taxMinor, currency }: StoredSale): SoldView {
  const money = (minor: bigint): string => formatMinor(minor, currency)
  return { gross: money(grossMinor), net: money(netMinor), tax: money(sumOf(taxMinor)) }
}

/** Keeps, in the commit that takes it back, what became of a sale; its credit note is asked for. */
export async function keepTaking(
  db: Database,
  sale: StoredSale,
  { netMinor, owedAgainMinor }: SoldTakenBack,
  { reason, reversedBy }: Pick<SaleTaking, 'reason' | 'reversedBy'>,
  nowMs: number,
): Promise<void> {
  const { id, accountId, currency, grossMinor, key } = sale
  const minor = { leftMinor: String(netMinor), owedAgainMinor: String(owedAgainMinor) }
  await insertTaking(db, { saleId: id, accountId, ...minor, reason, reversedBy, createdAt: new Date(nowMs) })
  const postings = prepaidTakenBack(accountId, currency, { grossMinor, leftMinor: netMinor })
  if (postings.length > 0) await postEntry(db, 'prepaid_taken_back', id, postings, nowMs)
  const taxMinor = grossMinor - owedAgainMinor - netMinor
  const entry = {
    accountId,
    kind: 'prepaid_tax_reversed',
    unit: null,
    amount: formatMinor(taxMinor, currency),
    key,
    note: reason,
  }
  if (taxMinor > 0n) await insertEntries(db, [entry], nowMs)
  await askForSaleDocuments(db, [accountId], nowMs)
}
