import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import type { ApprovalRequest } from '../approvals/index.ts'
import { getTopUp, reverseOneTopUp } from '../balances/index.ts'
import { lockAccount } from '../parties/index.ts'
import { type AskReversal, getPayment, reversePayment } from '../payments/index.ts'
import { assertOfShift, type DeskParts, finishCancel, insertCancel, keyOf } from './receipts.ts'
import { ownShift } from './shifts.ts'
import * as store from './store.ts'

/** What came of asking: the receipt that cancels, or the request that waits for another person. */
export type Cancelled = { readonly receipt: store.Receipt } | { readonly waiting: ApprovalRequest }

/**
 * Cancels a receipt of the open shift by another one: its payment, or its top-up, is taken back by the rule of reversals. Above the tenant's limit of
 * reversals a payment waits for another person, and a top-up has to be reversed by hand.
 */
export async function cancelReceipt(
  parts: DeskParts & { readonly askReversal: AskReversal },
  context: StreamContext,
  reference: string,
  reason: string,
  caller: Person,
): Promise<Cancelled> {
  const { tenant, nowMs, db: root } = context
  const found = await store.getReceipt(root, reference)
  if (found.kind === 'cancel') throw new Refusal('conflict', 'it cancels another receipt, and is not cancelled itself')
  if (found.state !== 'done') throw new Refusal('conflict', 'it is none that was paid')
  const asked = { reason, reversedBy: caller.id }
  const done = await inTransaction(parts.db, async (trx): Promise<Cancelled> => {
    const db = inSchema(trx, tenant.schema)
    await lockAccount(db, found.accountId)
    const before = await store.findReceipt(db, 'cancelsId', found.id)
    if (before !== undefined) return { receipt: before }
    const desk = await store.lockDesk(db, found.deskId)
    assertOfShift(desk, await ownShift(db, desk, caller), found)
    const waiting = await waitsFor(parts.askReversal, db, found, reason, caller, nowMs)
    if (waiting !== null) return { waiting }
    await insertAllRows(db, [...context.logged({ id: found.id })])
    if (found.paymentId === null)
      return {
        receipt: await insertCancel(db, desk, found, { state: 'pending', reason, recordedBy: caller.id }, nowMs),
      }
    // Its cancellation is stored as the payment is taken back, whoever does that.
    await reversePayment(db, { id: found.paymentId }, asked, parts.receivables, nowMs)
    return { receipt: (await store.findReceipt(db, 'cancelsId', found.id)) as store.Receipt }
  })
  if ('waiting' in done) return done
  if (found.paymentId === null) return { receipt: await finishTopUpCancel(parts, context, done.receipt) }
  if (await parts.engine.hasBalances(tenant.name, found.accountId))
    await parts.receivables.apply(tenant, nowMs, found.accountId)
  return done
}

async function waitsFor(
  askReversal: AskReversal,
  db: Database,
  receipt: store.Receipt,
  reason: string,
  caller: Person,
  nowMs: number,
): Promise<ApprovalRequest | null> {
  const { accountId, currency } = receipt
  const { paymentId } = receipt
  const subject = paymentId === null ? await getTopUp(db, keyOf(receipt)) : await getPayment(db, paymentId)
  const kind = paymentId === null ? ('top_up' as const) : ('payment' as const)
  const asked = { kind, subjectId: subject.id, subjectKey: subject.key, accountId, currency, reason }
  const waiting = await askReversal(db, { ...asked, amountMinor: BigInt(receipt.amountMinor) }, caller, nowMs)
  // What is carried out by approval takes back a top-up, and knows of no drawer.
  if (waiting !== null && paymentId === null)
    throw new Refusal(
      'conflict',
      'it is more than you may take back alone: somebody with a higher limit of reversals has to cancel it',
    )
  return waiting
}

/** Takes the top-up of a receipt back; asked again it does nothing more. */
export async function finishTopUpCancel(
  { db: root, engine, receivables }: DeskParts,
  context: StreamContext,
  cancel: store.Receipt,
): Promise<store.Receipt> {
  if (cancel.state !== 'pending' || cancel.cancelsId === null) return cancel
  const { tenant, nowMs } = context
  const cancelled = (await store.findReceipt(context.db, 'id', cancel.cancelsId)) as store.Receipt
  const asked = { reason: cancel.note ?? '', reversedBy: cancel.recordedBy }
  await reverseOneTopUp(engine, context, keyOf(cancelled), asked, receivables)
  await inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    const desk = await store.lockDesk(db, cancel.deskId)
    const query = db
      .updateTable('cashReceipt')
      .set({ state: 'done' })
      .where('id', '=', cancel.id)
      .where('state', '=', 'pending')
    if ((await query.returning('id').execute()).length > 0) await finishCancel(db, desk, cancelled, cancel, nowMs)
  })
  return { ...cancel, state: 'done' }
}
