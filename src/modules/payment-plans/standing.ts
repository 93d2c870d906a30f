import { type PartStanding, standingOfParts } from '../../core/ledger/plan-parts.ts'
import type { Database } from '../../platform/db.ts'
import { AccountSettlement } from '../receivables/index.ts'
import { documentsOf, type PaymentPlan, partsOf } from './store.ts'

/**
 * What of the parts of a plan is paid: what is less open of its documents than when it was made. What was reversed since is not paid; what
 * was open less, such as by a credit note, counts as paid, since nobody owes it.
 */
export async function standingOf(db: Database, plan: PaymentPlan): Promise<PartStanding[]> {
  const settlement = new AccountSettlement(db, plan.accountId, plan.currency)
  let paidMinor = 0n
  for (const { invoiceId, openMinor } of await documentsOf(db, [plan.id])) {
    const settled = BigInt(openMinor) - ((await settlement.openOf(invoiceId)) ?? 0n)
    if (settled > 0n) paidMinor += settled
  }
  const parts = await partsOf(db, [plan.id])
  return standingOfParts(
    parts.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor: BigInt(amountMinor) })),
    paidMinor,
  )
}
