import { type PartStanding, standingOfParts } from '../../core/ledger/plan-parts.ts'
import type { Database } from '../../platform/db.ts'
import { leftOutOf } from '../disputes/index.ts'
import { AccountSettlement } from '../receivables/index.ts'
import { documentsOf, type PaymentPlan, partsOf } from './store.ts'

/**
 * What of the parts of a plan is paid: what is less open of its documents than when it was made. What was reversed since is not paid; what
 * was open less, such as by a credit note, counts as paid, since nobody owes it. What was disputed when it was made is no part of it: of 120.00 with 12.00
 * disputed, a promise of 108.00 is kept when 12.00 are open.
 */
export async function standingOf(db: Database, plan: PaymentPlan): Promise<PartStanding[]> {
  const settlement = new AccountSettlement(db, plan.accountId, plan.currency)
  let paidMinor = 0n
  for (const { invoiceId, openMinor } of await documentsOf(db, [plan.id])) {
    const apart = await leftOutOf(db, invoiceId, { thingId: plan.id, atMs: plan.createdAt.getTime() })
    const open = (await settlement.openOf(invoiceId)) ?? 0n
    const settled = BigInt(openMinor) - (open > apart ? open - apart : 0n)
    if (settled > 0n) paidMinor += settled
  }
  const parts = await partsOf(db, [plan.id])
  return standingOfParts(
    parts.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor: BigInt(amountMinor) })),
    paidMinor,
  )
}
