import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { TerminalReason } from '../../core/terminals/results.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import { reverseOneTopUp } from '../balances/index.ts'
import { getPayment, leftOfPayment, listReversals, reversePayment } from '../payments/index.ts'
import { terminalCancelled } from './events.ts'
import type { TerminalParts } from './parts.ts'
import * as store from './store.ts'

interface CancelAsked {
  readonly txnId: string
  readonly reason: string
  readonly cancelledBy: string
  /** Somebody of the tenant asks: then the day of the payment may be over. */
  readonly isByHand: boolean
}

interface Cancelled {
  readonly reason: TerminalReason
  /** Null where nothing has this id: it is noted that it was cancelled, and will not be paid. */
  readonly transaction: store.Transaction | null
}

/**
 * Takes a payment back: on the day on which it came, by the network's zone, before its money was paid out, and while all of it is there. What it
 * settled is open again, by the rule of reversals. One that has not come yet is noted, so that it is refused when it comes late.
 */
export async function cancelTransaction(
  parts: TerminalParts,
  context: StreamContext,
  network: store.Network,
  { txnId, reason: cancelReason, cancelledBy, isByHand }: CancelAsked,
): Promise<Cancelled> {
  const { tenant, nowMs } = context
  const { gatewayId, currency, zone } = network
  const cancelled = { cancelledAt: new Date(nowMs), cancelReason, cancelledBy }
  const done = await inTransaction(parts.db, async (trx): Promise<Cancelled> => {
    const db = inSchema(trx, tenant.schema)
    const unknown: store.Transaction = {
      ...{ id: newId(), gatewayId, txnId, accountId: null, accountText: '', currency, amountMinor: '0', paidAt: null },
      ...{ terminal: null, state: 'cancelled', kind: null, paymentId: null, createdAt: new Date(nowMs), ...cancelled },
    }
    if (!isByHand && (await store.insertTransaction(db, unknown))) {
      await insertAllRows(db, [...context.logged({ id: unknown.id })])
      return { reason: 'ok', transaction: null }
    }
    const found = await store.findTransaction(db, gatewayId, txnId, true)
    if (found === undefined || found.state === 'pending')
      return { reason: found === undefined ? 'not_found' : 'under_way', transaction: null }
    if (found.state === 'cancelled') return { reason: 'ok', transaction: found.accountId === null ? null : found }
    if (found.state === 'cancelling') return { reason: 'ok', transaction: found }
    const refusal = await whyNot(parts, context, network, found, isByHand, zone)
    if (refusal !== null) return { reason: refusal, transaction: found }
    await insertAllRows(db, [...context.logged({ id: found.id })])
    // Of a payment all of it is one commit; a top-up is taken back in a commit of the engine, which comes next.
    const state = found.kind === 'top_up' && found.state === 'paid' ? 'cancelling' : 'cancelled'
    await store.changeTransaction(db, found.id, [found.state], { state, ...cancelled })
    const next = { ...found, state, ...cancelled } as const
    if (state === 'cancelling' || found.paymentId === null) return { reason: 'ok', transaction: next }
    const asked = { reason: cancelReason, reversedBy: cancelledBy }
    await reversePayment(db, { id: found.paymentId }, asked, parts.receivables, nowMs)
    await tellCancelled(db, network, next, nowMs)
    return { reason: 'ok', transaction: next }
  })
  const { transaction } = done
  if (done.reason !== 'ok' || transaction === null) return done
  if (transaction.state === 'cancelling') await finishCancelling(parts, context, network, transaction)
  else if (transaction.accountId !== null && (await parts.engine.hasBalances(tenant.name, transaction.accountId)))
    await parts.receivables.apply(tenant, nowMs, transaction.accountId)
  return { reason: 'ok', transaction: { ...transaction, state: 'cancelled' } }
}

async function whyNot(
  { engine }: TerminalParts,
  { db, tenant, nowMs }: StreamContext,
  network: store.Network,
  transaction: store.Transaction,
  isByHand: boolean,
  zone: string,
): Promise<TerminalReason | null> {
  const { createdAt, paymentId, accountId, amountMinor, currency, txnId, state } = transaction
  if (state === 'refused') return null
  if (!isByHand && dayOf(createdAt.getTime(), zone) !== dayOf(nowMs, zone)) return 'cancel_too_late'
  if (await store.isPaidOut(db, transaction)) return 'cancel_paid_out'
  if (paymentId !== null) {
    const payment = await getPayment(db, paymentId)
    return leftOfPayment(payment, await listReversals(db, [paymentId])) < BigInt(amountMinor) ? 'cancel_used' : null
  }
  const report = await engine.balancesOf(tenant.name, accountId as string, nowMs)
  const lot = report?.balances.lots.find(
    ({ origin, source }) => source === 'paid' && origin === `top_up:${store.keyOf(network, txnId)}`,
  )
  const isWhole = lot !== undefined && lot.held === 0n && lot.remaining === toRatingScale(BigInt(amountMinor), currency)
  return isWhole ? null : 'cancel_used'
}

/** Takes the top-up of a transaction back that is being cancelled; asked again it does nothing more. */
export async function finishCancelling(
  { db: root, engine, receivables }: TerminalParts,
  context: StreamContext,
  network: store.Network,
  transaction: store.Transaction,
): Promise<void> {
  const { tenant, nowMs } = context
  const { id, txnId, cancelReason, cancelledBy } = transaction
  const asked = { reason: cancelReason ?? '', reversedBy: cancelledBy ?? '' }
  await reverseOneTopUp(engine, context, store.keyOf(network, txnId), asked, receivables)
  await inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    if (await store.changeTransaction(db, id, ['cancelling'], { state: 'cancelled' }))
      await tellCancelled(db, network, transaction, nowMs)
  })
}

async function tellCancelled(
  db: Database,
  { name: network }: store.Network,
  { id: objectId, accountId, txnId, currency, amountMinor, kind, cancelReason: reason }: store.Transaction,
  nowMs: number,
): Promise<void> {
  const amount = formatMinor(BigInt(amountMinor), currency)
  const data = { network, txnId, currency, amount, kind: kind ?? 'payment', reason: reason ?? '' }
  await publish(db, [eventOf(terminalCancelled, { objectId, accountId }, data)], nowMs)
}
