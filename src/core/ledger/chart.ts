/** The chart of accounts. Accounts marked `perAccount` are kept for each billing account. */
export const CHART = {
  receivable: { kind: 'asset', perAccount: true },
  /** Money of commits and top-ups that can be drawn down and is not billed yet; below zero where it was billed, or came in, before. */
  unbilled: { kind: 'asset', perAccount: true },
  cash: { kind: 'asset', perAccount: false },
  /** What a sponsor's credit has settled of its members' documents and no document of its own has billed yet. */
  sponsored: { kind: 'asset', perAccount: true },
  customer_prepaid: { kind: 'liability', perAccount: true },
  /** What is to be paid back of credit notes, and was not sent yet. */
  refunds: { kind: 'liability', perAccount: true },
  /** Security of customers: it is theirs until it settles a document or is paid back. */
  deposits: { kind: 'liability', perAccount: true },
  /** Asked for in advance, without its tax: it is no revenue until a document of its supplies takes it. */
  advances: { kind: 'liability', perAccount: true },
  /** Money that came in on a bank account, and nobody knows yet for what; below zero where it went out. By bank account. */
  suspense_cash: { kind: 'liability', perAccount: false },
  /** Money of a bank account that other books than Kvit's have: rents, wages, what was there before. By bank account. */
  outside: { kind: 'equity', perAccount: false },
  /** What is owed to tax offices, by kind, place and rate: `tax:vat:DE:19`. */
  tax: { kind: 'liability', perAccount: false },
  revenue: { kind: 'revenue', perAccount: false },
  fees: { kind: 'revenue', perAccount: false },
  breakage: { kind: 'revenue', perAccount: false },
  discounts: { kind: 'expense', perAccount: false },
  adjustments: { kind: 'expense', perAccount: false },
  /** What payment providers keep of what is paid through them: `gateway_fees:stripe`. */
  gateway_fees: { kind: 'expense', perAccount: false },
  /** What banks take for their work. */
  bank_fees: { kind: 'expense', perAccount: false },
  /** What is counted in drawers and was not to be there, or is missing; by desk. */
  cash_differences: { kind: 'expense', perAccount: false },
  /** Receivables that were given up. */
  write_off: { kind: 'expense', perAccount: false },
  // Of the books alone, which a period is closed with; `rounding` is also what cash is rounded by:
  /** Billed and not earned yet. */
  deferred_revenue: { kind: 'liability', perAccount: true },
  /** Earned and not billed yet. */
  unbilled_revenue: { kind: 'asset', perAccount: true },
  bad_debt: { kind: 'expense', perAccount: false },
  /** Less than zero: what of the receivables is expected not to be paid. */
  bad_debt_reserve: { kind: 'asset', perAccount: false },
  exchange_gain: { kind: 'revenue', perAccount: false },
  exchange_loss: { kind: 'expense', perAccount: false },
  rounding: { kind: 'expense', perAccount: false },
  /** What was earned before the books began. */
  retained_earnings: { kind: 'equity', perAccount: false },
} as const

export type LedgerAccountKind = keyof typeof CHART

/** One side of an entry. Debits are positive, credits negative, in minor units. */
export interface Posting {
  /** A chart account, with what it is kept by: `revenue:london-flat`, `cash:bank`. */
  readonly ledgerAccount: string
  readonly accountId: string | null
  readonly currency: string
  readonly amountMinor: bigint
}

export function posting(
  kind: LedgerAccountKind,
  detail: string | null,
  accountId: string,
  currency: string,
  amountMinor: bigint,
): Posting {
  const ledgerAccount = detail === null ? kind : `${kind}:${detail}`
  return { ledgerAccount, accountId: CHART[kind].perAccount ? accountId : null, currency, amountMinor }
}
