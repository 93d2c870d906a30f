import { returnReason } from '../../core/banking/sepa/return-reasons.ts'
import type { Rejection } from '../../core/banking/sepa/status-report.ts'
import { dayOf } from '../../core/base/period.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { lockAccounts } from '../parties/index.ts'
import { endClaim } from '../payments/index.ts'
import { sendingBy } from '../receivables/index.ts'
import { directDebitFailed } from './events.ts'
import * as store from './sepa-store.ts'

/** Those of some orders that are on their way still. What was known of them before their accounts were locked may be over. */
export async function stillSent(db: Database, orders: readonly store.SepaOrder[]): Promise<store.SepaOrder[]> {
  const ids = orders.map(({ id }) => id)
  const rows = db.selectFrom('sepaOrder').selectAll().where('id', '=', anyOf(ids)).where('state', '=', 'sent')
  return (await rows.orderBy('id').execute()) as store.SepaOrder[]
}

/** An order was carried out: nothing is on its way any more. */
export async function orderSettled(
  db: Database,
  { id, endToEndId }: Pick<store.SepaOrder, 'id' | 'endToEndId'>,
  paymentId: string | null,
  nowMs: number,
): Promise<void> {
  await store.changeOrder(db, id, { state: 'settled', ...(paymentId === null ? {} : { paymentId }) })
  await endClaim(db, endToEndId, nowMs)
}

/** An order came to nothing, or came back: what it was for is open again. A mandate that cannot be used any more ends. */
export async function orderFailed(
  db: Database,
  order: store.SepaOrder,
  state: 'rejected' | 'returned',
  reason: string | null,
  nowMs: number,
): Promise<void> {
  await store.changeOrder(db, order.id, { state, reason })
  await endClaim(db, order.endToEndId, nowMs)
  const { meaning, next } = returnReason(reason)
  if (next === 'stop' && order.mandateId !== null)
    await store.endMandate(db, order.mandateId, dayOf(nowMs, 'UTC'), `${reason}: ${meaning}`)
  if (order.refundId !== null) await sendingBy(db, { id: order.refundId }, null)
  if (order.invoiceId === null) return
  const told = { state, reason, meaning, next, endToEndId: order.endToEndId, invoiceId: order.invoiceId }
  await publish(db, [eventOf(directDebitFailed, { objectId: order.id, accountId: order.accountId }, told)], nowMs)
}

/** Applies what a bank has refused (pain.002). What was refused before stays so. @returns how many orders were refused now */
export async function applyRejections(db: Database, rejections: readonly Rejection[], nowMs: number): Promise<number> {
  let refused = 0
  for (const { messageId, group, endToEndId, reason } of rejections) {
    const file = await db.selectFrom('sepaFile').select('id').where('messageId', '=', messageId).executeTakeFirst()
    if (file === undefined)
      throw new Refusal('unprocessable', `the file ${messageId} that the bank answers to was not made here`)
    const orders = (await store.ordersOfFile(db, file.id)).filter(
      (order) =>
        order.state === 'sent' &&
        (group === null || order.paymentInfoId === group) &&
        (endToEndId === null || order.endToEndId === endToEndId),
    )
    await lockAccounts(
      db,
      orders.map(({ accountId }) => accountId),
    )
    const sent = await stillSent(db, orders)
    for (const order of sent) await orderFailed(db, order, 'rejected', reason, nowMs)
    refused += sent.length
  }
  return refused
}

/**
 * Somebody says that an order is not on its way: its line was matched by hand, or the bank has said so by telephone. What it was for may be
 * asked for again. Where its money comes all the same, it is matched as other money is.
 */
export async function endOrder(
  db: Database,
  file: store.SepaFile,
  reference: string,
  reason: string,
  nowMs: number,
): Promise<void> {
  const order = (await store.ordersOfFile(db, file.id)).find(
    ({ id, endToEndId }) => id === reference || endToEndId === reference,
  )
  if (order === undefined) throw notFound(`order ${reference} of the file ${file.key}`, '/v1/sepa-files', 'sepa show')
  await lockAccounts(db, [order.accountId])
  const [sent] = await stillSent(db, [order])
  if (sent === undefined) throw new Refusal('conflict', `the order ${order.endToEndId} is on its way no more`)
  await orderFailed(db, sent, 'rejected', reason, nowMs)
}
