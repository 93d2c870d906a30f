import type { Credit } from '../../core/ledger/allocate-payments.ts'
import type { Posting } from '../../core/ledger/chart.ts'
import { soldAllocated } from '../../core/ledger/prepaid-templates.ts'
import { bonusAllocated, paymentAllocated, sponsoredAllocated, type TemplateName } from '../../core/ledger/templates.ts'

/** As what an allocation names money that came in for a sale of prepaid money, and settles the document of that alone. */
export const SOLD = 'sold'

/** The columns of allocations that name where their money is from. */
export const SOURCE_COLUMNS = { payment: 'paymentId', credit_note: 'creditNoteId', balance: 'balanceSource' } as const

/** What the ledger says of an allocation; nothing of a credit note, which is in `receivable` already. */
export function entryOf(
  { kind, id, payerId }: Credit,
  accountId: string,
  currency: string,
  amountMinor: bigint,
): [TemplateName, Posting[]] | null {
  if (kind === 'credit_note') return null
  const named = (template: TemplateName): TemplateName => (amountMinor < 0n ? 'allocation_reversed' : template)
  if (kind === 'balance' && id === SOLD)
    return [named('sold_allocated'), soldAllocated(accountId, currency, amountMinor)]
  if (kind === 'balance' && id === 'bonus')
    return [named('bonus_allocated'), bonusAllocated(accountId, currency, amountMinor)]
  if (kind === 'balance' && id === 'credit')
    return [named('sponsored_allocated'), sponsoredAllocated(payerId as string, accountId, currency, amountMinor)]
  return [named('payment_allocated'), paymentAllocated(accountId, currency, amountMinor, payerId ?? accountId)]
}
