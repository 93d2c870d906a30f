import type { Engine } from '../../engine/index.ts'
import { type Database, inTransaction } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { type ApprovalRequest, askApproval, type CarryOut } from '../approvals/index.ts'
import { lockAccount } from '../parties/index.ts'
import { type AskReversal, reversePayment } from '../payments/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { limitFor, nameOfReversal, readLimits } from './approval-limits.ts'
import { findTopUpReversal, type TopUp } from './store.ts'
import { reverseOneTopUp } from './top-up-reversals.ts'

/** Whether a reversal has to wait for a second person: above the tenant's limit of the currency it does. */
export const askReversal: AskReversal = async (db, asked, asker, nowMs) => {
  await lockAccount(db, asked.accountId)
  const limit = limitFor(await readLimits(db), nameOfReversal(asked.currency), asker.person, null)
  const isAllowed = limit === null || asked.amountMinor <= limit
  return askApproval(db, { ...asked, content: null, isAllowed }, asker, nowMs)
}

/** As `askReversal`, for a top-up; one that was reversed before waits for nobody. */
export async function askTopUpReversal(
  db: Database,
  { id: subjectId, key: subjectKey, accountId, currency, amountMinor }: TopUp,
  reason: string,
  asker: Person,
  nowMs: number,
): Promise<ApprovalRequest | null> {
  if ((await findTopUpReversal(db, subjectId)) !== undefined) return null
  const subject = { kind: 'top_up' as const, subjectId, subjectKey, accountId, currency, reason }
  return inTransaction(db, async (trx) =>
    askReversal(trx, { ...subject, amountMinor: BigInt(amountMinor) }, asker, nowMs),
  )
}

/** What carrying a reversal out asks of others. */
export interface ReversalNeeds {
  readonly engine: Engine
  readonly receivables: Receivables
}

export function carryOutPaymentReversal({ engine, receivables }: ReversalNeeds): CarryOut {
  return async ({ db, tenant, nowMs }, { subjectId: id, accountId, reason, requestedBy: reversedBy }, end) => {
    const decided = await inTransaction(db, async (trx) => {
      await reversePayment(trx, { id }, { reason, reversedBy }, receivables, nowMs)
      return end(trx)
    })
    if (await engine.hasBalances(tenant.name, accountId)) await receivables.apply(tenant, nowMs, accountId)
    return decided
  }
}

/** A reversal is made once: where the process ended before the request was marked, it is approved once more. */
export function carryOutTopUpReversal({ engine, receivables }: ReversalNeeds): CarryOut {
  return async (context, { subjectId, reason, requestedBy: reversedBy }, end) => {
    await reverseOneTopUp(engine, context, subjectId, { reason, reversedBy }, receivables)
    return inTransaction(context.db, end)
  }
}
