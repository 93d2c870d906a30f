import type { Balances } from './balances.ts'

/** What an account was charged, billed and paid all in all. At the rating scale. */
export interface AccountBooksTotals {
  /** All charges of usage, and those of them that documents have billed. */
  readonly charges: bigint
  readonly billedCharges: bigint
  /** Totals of documents, and what payments brought. */
  readonly documents: bigint
  readonly payments: bigint
  /** As a sponsor: what members used of its credit, less what its documents billed of that. */
  readonly sponsored: bigint
}

/**
 * What balances must say that an account owes: documents and charges that no document bills, less payments and what lots
 * of money have paid. In other words its open receivables and unbilled charges, less payments that settle nothing yet and
 * what was consumed for documents to come. Example: charged 12, of which a lot paid 5; a payment of 5 came before:
 * 12 − 5 − 5 = 2 is owed, whether the 12 are billed or not.
 */
export function owedByBooks(balances: Balances, totals: AccountBooksTotals): bigint {
  const { consumed, sponsoredBy } = balances
  let owed = totals.documents + (totals.charges - totals.billedCharges) - totals.payments + totals.sponsored
  owed -= consumed.paid + consumed.bonus
  for (const { paid, bonus, credit } of sponsoredBy.values()) owed -= paid + bonus + credit
  return owed - usedOfPromise(balances)
}

/** What is used of a promise is owed when it ends; what is held of one that ended counts as used, and is owed already. */
function usedOfPromise({ lots, promise }: Balances): bigint {
  let used = 0n
  for (const { number, source, amount, remaining } of lots)
    if (source === 'promise') used += number === promise?.lot ? amount - remaining : -remaining
  return used
}
