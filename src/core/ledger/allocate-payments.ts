/** Money that can settle invoices: a payment, a credit note, or what charges have consumed of a balance. */
export interface Credit {
  readonly kind: 'payment' | 'credit_note' | 'balance'
  /** Of a balance: `paid`, `bonus`, or `credit` of a sponsor. */
  readonly id: string
  /** The sponsor whose balance it is; null or absent for the account's own. */
  readonly payerId?: string | null
  readonly remainingMinor: bigint
}

export interface OpenInvoice {
  readonly id: string
  readonly remainingMinor: bigint
  /** It bills money of balances, so that does not settle it. */
  readonly sellsBalance?: boolean
}

export interface Allocation {
  readonly credit: Credit
  readonly invoiceId: string
  readonly amountMinor: bigint
}

/** Settles invoices with credits, both in the order given: the oldest first. What is left of a credit stays the customer's. */
export function allocateOldestFirst(credits: readonly Credit[], invoices: readonly OpenInvoice[]): Allocation[] {
  const allocations: Allocation[] = []
  const open = invoices.map((invoice) => ({ ...invoice }))
  for (const credit of credits) {
    let left = credit.remainingMinor
    for (const invoice of open) {
      if (left <= 0n) break
      if (credit.kind === 'balance' && invoice.sellsBalance === true) continue
      const amountMinor = left < invoice.remainingMinor ? left : invoice.remainingMinor
      if (amountMinor <= 0n) continue
      allocations.push({ credit, invoiceId: invoice.id, amountMinor })
      invoice.remainingMinor -= amountMinor
      left -= amountMinor
    }
  }
  return allocations
}
