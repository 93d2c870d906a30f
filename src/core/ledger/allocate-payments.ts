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
  /** Of a credit note on request: the document that it is about, which it settles before others. */
  readonly firstFor?: string | undefined
  /** It is kept for what comes: others that it settles have ids above this one. */
  readonly onlyAfter?: string | undefined
}

export interface OpenInvoice {
  readonly id: string
  readonly remainingMinor: bigint
  /** It bills money of balances: what that money pays for is billed by other documents, so it does not settle this one. */
  readonly sellsBalance?: boolean
  /** What of it is disputed: money that came in leaves that open. A credit note that is about it does not. */
  readonly disputedMinor?: bigint
}

export interface Allocation {
  readonly credit: Credit
  readonly invoiceId: string
  readonly amountMinor: bigint
}

/**
 * Settles invoices with credits, both in the order given: the oldest first. What is left of a credit stays the customer's.
 * Money of a balance settles documents that sell such money last: what it paid for is billed by the others. A credit note on request
 * settles the document that it is about before all others. What is disputed of 30.00 of an invoice of 100.00 stays open: 100.00 that are paid settle 70.00.
 */
export function allocateOldestFirst(credits: readonly Credit[], invoices: readonly OpenInvoice[]): Allocation[] {
  const allocations: Allocation[] = []
  const open = invoices.map((invoice) => ({ ...invoice }))
  const used = new Map<Credit, bigint>()
  for (const credit of credits) {
    const own = open.find(({ id }) => id === credit.firstFor)
    const amountMinor = own === undefined ? 0n : least(credit.remainingMinor, own.remainingMinor)
    if (own === undefined || amountMinor <= 0n) continue
    allocations.push({ credit, invoiceId: own.id, amountMinor })
    own.remainingMinor -= amountMinor
    used.set(credit, amountMinor)
  }
  for (const credit of credits) {
    let left = credit.remainingMinor - (used.get(credit) ?? 0n)
    const settle = (among: typeof open, most: bigint): void => {
      let budget = least(left, most)
      for (const invoice of among) {
        const amountMinor = least(budget, invoice.remainingMinor - heldFrom(credit, invoice))
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
    } else {
      const { onlyAfter } = credit
      settle(onlyAfter === undefined ? open : open.filter(({ id }) => id > onlyAfter), left)
    }
  }
  return allocations
}

/** What a balance has settled of a document and not taken back. */
export interface SettledByBalance {
  readonly invoiceId: string
  readonly amountMinor: bigint
}

/**
 * Usage came back that money of a balance had paid for: a credit note settles its document in place of that money, as far as the note
 * has some left. A sponsor's credit settled a document of 5.00 with 5.00, and all of its usage is retracted: the credit note of 5.00
 * settles it now, and the sponsor's 5.00 is taken back.
 * @param balance with less than nothing left: what it has settled beyond what charges consume by now
 * @param settled by it, in the order in which it is taken back
 * @returns what is taken back, below zero, and next to it what settles in its place
 */
export function replacedByNotes(
  balance: Credit,
  settled: readonly SettledByBalance[],
  notes: readonly Credit[],
): Allocation[] {
  const rest = settled.map((one) => ({ ...one }))
  const swaps: Allocation[] = []
  let excess = -balance.remainingMinor
  for (const note of notes) {
    let left = least(note.remainingMinor, excess)
    for (const one of rest) {
      const amountMinor = least(left, one.amountMinor)
      if (amountMinor <= 0n) continue
      const { invoiceId } = one
      swaps.push({ credit: balance, invoiceId, amountMinor: -amountMinor }, { credit: note, invoiceId, amountMinor })
      one.amountMinor -= amountMinor
      left -= amountMinor
      excess -= amountMinor
    }
  }
  return swaps
}

/** Charges were paid out of balances when usage happened, whatever is disputed afterwards. */
function heldFrom({ kind }: Credit, { disputedMinor = 0n }: OpenInvoice): bigint {
  return kind === 'balance' ? 0n : disputedMinor
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
