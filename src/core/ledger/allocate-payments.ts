/** Money that can settle invoices: a payment, a credit note, or what charges have consumed of a balance. */
export interface Credit {
  readonly kind: 'payment' | 'credit_note' | 'balance'
  /** Of a balance: `paid`, `bonus`, or `credit` of a sponsor. */
  readonly id: string
  /** The sponsor whose balance it is; null or absent for the account's own. */
  readonly payerId?: string | null
  readonly remainingMinor: bigint
  /** Of a balance: the most of it that may settle documents which sell money of balances; nothing when absent. */
  readonly forSoldMinor?: bigint
}

export interface OpenInvoice {
  readonly id: string
  readonly remainingMinor: bigint
  /** It bills money of balances: what that money pays for is billed by other documents, so it does not settle this one. */
  readonly sellsBalance?: boolean
}

export interface Allocation {
  readonly credit: Credit
  readonly invoiceId: string
  readonly amountMinor: bigint
}

/**
 * Settles invoices with credits, both in the order given: the oldest first. What is left of a credit stays the customer's.
 * Money of a balance settles documents that sell such money last: what it paid for is billed by the others.
 */
export function allocateOldestFirst(credits: readonly Credit[], invoices: readonly OpenInvoice[]): Allocation[] {
  const allocations: Allocation[] = []
  const open = invoices.map((invoice) => ({ ...invoice }))
  for (const credit of credits) {
    let left = credit.remainingMinor
    const settle = (among: typeof open, most: bigint): void => {
      let budget = least(left, most)
      for (const invoice of among) {
        const amountMinor = least(budget, invoice.remainingMinor)
        if (amountMinor <= 0n) continue
        allocations.push({ credit, invoiceId: invoice.id, amountMinor })
        invoice.remainingMinor -= amountMinor
        budget -= amountMinor
        left -= amountMinor
      }
    }
    if (credit.kind === 'balance') {
      settle(
        open.filter(({ sellsBalance }) => sellsBalance !== true),
        left,
      )
      settle(
        open.filter(({ sellsBalance }) => sellsBalance === true),
        credit.forSoldMinor ?? 0n,
      )
    } else settle(open, left)
  }
  return allocations
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
