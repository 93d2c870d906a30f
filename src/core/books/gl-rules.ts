import { CHART, type LedgerAccountKind } from '../ledger/chart.ts'

/** Kinds of accounts of a general ledger. */
export const GL_KINDS = ['asset', 'liability', 'equity', 'revenue', 'expense'] as const
type GlKind = (typeof GL_KINDS)[number]

/** An account of an issuer's general ledger, by its own code: `4400`. */
export interface GlAccount {
  readonly code: string
  readonly name: string
  readonly kind: GlKind
}

/** Which account of the general ledger takes what. What a rule does not say holds for all. */
export interface GlRule {
  /** An account of Kvit's chart: `revenue`. */
  readonly ledger: LedgerAccountKind
  /** What it is kept by: the code of a plan, of a coupon, a tax such as `vat:DE:19`, a method of payment. */
  readonly detail: string | null
  /** Of the customer. */
  readonly country: string | null
  /** The entry `segment` among the metadata of the account or the customer. */
  readonly segment: string | null
  readonly code: string
}

/** What a line of the books is about. */
export interface GlSubject {
  /** With its detail: `revenue:basic`. */
  readonly ledgerAccount: string
  readonly country: string | null
  readonly segment: string | null
}

/** Detail says more than a country, and that more than a segment. */
const WEIGHTS = { detail: 4, country: 2, segment: 1 } as const

/**
 * The code of an account for a line: of the rule that says most of it; null where no rule holds. With rules for `revenue` → 4000,
 * `revenue:basic` → 4100 and `revenue` in FR → 4200, basic in France is 4100: a product says more than a country.
 */
export function glCodeOf(rules: readonly GlRule[], { ledgerAccount, country, segment }: GlSubject): string | null {
  const [kind, detail] = partsOf(ledgerAccount)
  let [best, most] = [null as string | null, -1]
  for (const rule of rules) {
    if (rule.ledger !== kind) continue
    const own = { detail, country, segment }
    let weight = 0
    for (const name of ['detail', 'country', 'segment'] as const) {
      if (rule[name] === null) continue
      weight = rule[name] === own[name] ? weight + WEIGHTS[name] : Number.NEGATIVE_INFINITY
    }
    if (weight > most) [best, most] = [rule.code, weight]
  }
  return best
}

/** `revenue:basic` → `revenue` and `basic`; `receivable` → itself and null. */
export function partsOf(ledgerAccount: string): readonly [kind: string, detail: string | null] {
  const at = ledgerAccount.indexOf(':')
  return at < 0 ? [ledgerAccount, null] : [ledgerAccount.slice(0, at), ledgerAccount.slice(at + 1)]
}

/** Whether an account of Kvit's chart shows what there is, rather than what was earned and spent. */
export function isOfBalanceSheet(ledgerAccount: string): boolean {
  const { kind } = CHART[partsOf(ledgerAccount)[0] as LedgerAccountKind]
  return kind === 'asset' || kind === 'liability' || kind === 'equity'
}

/** A chart to begin with, and a rule for each account of it. Codes of four digits; every one can be replaced. */
export const PLAIN_CHART: readonly (GlAccount & { readonly ledger: LedgerAccountKind })[] = [
  { code: '1000', name: 'Cash and bank', kind: 'asset', ledger: 'cash' },
  { code: '1100', name: 'Trade receivables', kind: 'asset', ledger: 'receivable' },
  { code: '1110', name: 'Allowance for bad debts', kind: 'asset', ledger: 'bad_debt_reserve' },
  { code: '1200', name: 'Unbilled revenue', kind: 'asset', ledger: 'unbilled_revenue' },
  { code: '1210', name: 'Contract commits to be billed', kind: 'asset', ledger: 'unbilled' },
  { code: '1220', name: 'To be billed to sponsors', kind: 'asset', ledger: 'sponsored' },
  { code: '2000', name: 'Prepaid money of customers', kind: 'liability', ledger: 'customer_prepaid' },
  { code: '2010', name: 'Refunds to be sent', kind: 'liability', ledger: 'refunds' },
  { code: '2020', name: 'Deposits of customers', kind: 'liability', ledger: 'deposits' },
  { code: '2030', name: 'Advances of customers', kind: 'liability', ledger: 'advances' },
  { code: '2040', name: 'Unassigned money on bank accounts', kind: 'liability', ledger: 'suspense_cash' },
  { code: '2100', name: 'Deferred revenue', kind: 'liability', ledger: 'deferred_revenue' },
  { code: '2200', name: 'Tax payable', kind: 'liability', ledger: 'tax' },
  { code: '3000', name: 'Retained earnings', kind: 'equity', ledger: 'retained_earnings' },
  { code: '3100', name: 'Money of bank accounts in other books', kind: 'equity', ledger: 'outside' },
  { code: '4000', name: 'Revenue', kind: 'revenue', ledger: 'revenue' },
  { code: '4100', name: 'Fees', kind: 'revenue', ledger: 'fees' },
  { code: '4200', name: 'Breakage', kind: 'revenue', ledger: 'breakage' },
  { code: '4800', name: 'Exchange gains', kind: 'revenue', ledger: 'exchange_gain' },
  { code: '5000', name: 'Discounts', kind: 'expense', ledger: 'discounts' },
  { code: '5100', name: 'Adjustments', kind: 'expense', ledger: 'adjustments' },
  { code: '5200', name: 'Fees of payment providers', kind: 'expense', ledger: 'gateway_fees' },
  { code: '5210', name: 'Fees of banks', kind: 'expense', ledger: 'bank_fees' },
  { code: '5220', name: 'Differences of cash desks', kind: 'expense', ledger: 'cash_differences' },
  { code: '6000', name: 'Receivables written off', kind: 'expense', ledger: 'write_off' },
  { code: '6100', name: 'Change of the allowance for bad debts', kind: 'expense', ledger: 'bad_debt' },
  { code: '6800', name: 'Exchange losses', kind: 'expense', ledger: 'exchange_loss' },
  { code: '6900', name: 'Rounding', kind: 'expense', ledger: 'rounding' },
]
