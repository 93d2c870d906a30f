import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { gatewayCash } from '../../core/ledger/templates.ts'
import { type EventType, eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { getRow } from '../parties/index.ts'
import { recordPayment } from '../payments/index.ts'
import { sendingBy, sentThrough } from '../receivables/index.ts'
import { type Attempt, changeAttempt } from './attempt-store.ts'
import { chargeLater } from './auto-charge.ts'
import { recordDisputes } from './disputes.ts'
import * as told from './events.ts'
import { recordForeignRefunds } from './foreign-refunds.ts'
import type { Gateway } from './gateway-store.ts'
import { activateMethod, defaultMethod, endMethod, getMethod, setDefault } from './method-store.ts'
import type { GatewayPayment, GatewayRefund, GatewayRefused, GatewaySetup } from './ports.ts'
import type { Recording } from './recording.ts'

const STATES = { pending: 'pending', authorised: 'pending', captured: 'succeeded', failed: 'failed' } as const

/**
 * Records what a gateway says of a charge: what it has captured beyond what is known becomes a payment, which settles the document that it is
 * for; what that does not need, because it was paid meanwhile, is void or has less open, stays the customer's credit. A payment that
 * comes after the attempt had failed is recorded, too: money is never lost.
 */
export async function recordCharge(into: Recording, attempt: Attempt, payment: GatewayPayment): Promise<void> {
  const { db, gateway, receivables, nowMs } = into
  const { id, accountId, currency, invoiceId, key } = attempt
  const freshMinor = payment.capturedMinor - BigInt(attempt.capturedMinor)
  let paymentId = attempt.paymentId
  if (freshMinor > 0n) {
    const { zone } = await getRow(db, 'account', accountId)
    const isFirst = attempt.capturedMinor === '0'
    const draft = {
      key: isFirst ? `gateway:${id}` : `gateway:${id}:${payment.capturedMinor}`,
      ...{ method: gatewayCash(gateway.name), currency, amount: formatMinor(freshMinor, currency) },
      ...{ receivedOn: dayOf(nowMs, zone), isDated: false, reference: key.slice(0, 500), metadata: {} },
      invoices: invoiceId === null ? [] : [{ id: invoiceId, amountMinor: freshMinor }],
    }
    const recorded = await recordPayment(db, accountId, draft, receivables, nowMs)
    paymentId ??= recorded.id
  }
  const state = STATES[payment.state]
  const captured = payment.capturedMinor > BigInt(attempt.capturedMinor) ? payment.capturedMinor : attempt.capturedMinor
  const known = {
    ...attempt,
    ...{ paymentId, capturedMinor: String(captured), providerId: payment.id },
    payerUrl: payment.payerUrl === undefined ? attempt.payerUrl : payment.payerUrl,
  }
  await end(into, known, state, payment.refused)
  if (paymentId === null) return
  await recordDisputes(into, { ...known, paymentId }, payment.disputes)
  await recordForeignRefunds(into, { ...known, paymentId }, payment.refundedMinor)
}

/** Records what a gateway says of a refund: what was to be paid back was sent, or is due as before. */
export async function recordRefund(into: Recording, attempt: Attempt, refund: GatewayRefund): Promise<void> {
  const { db, gateway, nowMs } = into
  const state = refund.state === 'done' ? 'succeeded' : refund.state === 'failed' ? 'failed' : 'pending'
  const { refundId } = attempt
  if (refundId !== null && state === 'succeeded') {
    const sent = { method: gatewayCash(gateway.name), reference: refund.id }
    await sentThrough(db, refundId, sent, attempt.id, nowMs)
  }
  const refused = state === 'failed' ? ({ reason: 'declined', mayRetry: true } as const) : null
  await end(into, { ...attempt, providerId: refund.id }, state, refused)
}

/** Records what a gateway says of a means of payment: the first one of an account is what it is charged by. */
export async function recordSetup(into: Recording, attempt: Attempt, setup: GatewaySetup): Promise<void> {
  const { db, ring, tenant, gateway } = into
  const { methodId, accountId } = attempt
  const state = setup.state === 'done' ? 'succeeded' : setup.state
  const method = methodId === null ? null : await getMethod(db, methodId)
  if (method?.state === 'pending' && setup.method !== null && state === 'succeeded') {
    await activateMethod(db, ring, tenant, method.id, setup.method)
    if ((await defaultMethod(db, accountId)) === undefined) await setDefault(db, accountId, method.id)
    const { kind, last4 } = setup.method
    const data = { key: method.key, gateway: gateway.name, kind, last4 }
    await publish(db, [eventOf(told.methodAdded, { objectId: method.id, accountId }, data)], into.nowMs)
  }
  await end(into, { ...attempt, providerId: setup.id, payerUrl: setup.payerUrl }, state, setup.refused)
}

/** A gateway has refused: it was not done, and will not be under this key. */
export async function recordRefused(into: Recording, attempt: Attempt, refused: GatewayRefused): Promise<void> {
  await end(into, attempt, 'failed', refused)
}

/** There was no answer: it is asked again. */
export async function recordUnknown(into: Recording, attempt: Attempt): Promise<void> {
  const { state } = attempt
  if (state === 'created' || state === 'unknown') return end(into, attempt, 'unknown', null)
  await changeAttempt(into.db, attempt, {}, into.askAt)
}

/** A gateway has nothing of an attempt that is over: there is no more to be asked. */
export async function recordNothing({ db }: Recording, attempt: Attempt): Promise<void> {
  await changeAttempt(db, attempt, {}, null)
}

const EVENTS = {
  pending: told.attemptPending,
  unknown: told.attemptUnknown,
  succeeded: told.attemptSucceeded,
} as const

async function end(
  into: Recording,
  attempt: Attempt,
  state: Attempt['state'],
  refused: GatewayRefused | null,
): Promise<void> {
  const { db, gateway, nowMs, askAt } = into
  const { capturedMinor, refundedMinor, providerId, payerUrl, paymentId } = attempt
  const before = attempt.state
  // What is over stays so, whatever older answers come late; but money that comes after all is taken.
  const next = isEnd(before) && state !== 'succeeded' ? before : state
  const isOver = isEnd(next)
  const { reason, mayRetry } = next === 'failed' ? whyFailed(attempt, refused) : { reason: null, mayRetry: null }
  const endedAt = isOver ? (attempt.endedAt ?? new Date(nowMs)) : null
  const known = { capturedMinor, refundedMinor, providerId, payerUrl: isOver ? null : payerUrl, paymentId }
  await changeAttempt(db, attempt, { state: next, ...known, reason, mayRetry, endedAt }, isOver ? null : askAt)
  if (next === before) return
  await publish(db, [attemptEvent(gateway, attempt, next, { reason, mayRetry })], nowMs)
  if (next === 'failed') await afterFailure(into, attempt, refused)
}

function isEnd(state: Attempt['state']): boolean {
  return state === 'succeeded' || state === 'failed'
}

function whyFailed(
  { reason, mayRetry }: Attempt,
  refused: GatewayRefused | null,
): { readonly reason: string; readonly mayRetry: boolean } {
  return refused ?? { reason: reason ?? 'declined', mayRetry: mayRetry ?? false }
}

async function afterFailure({ db, nowMs }: Recording, attempt: Attempt, refused: GatewayRefused | null): Promise<void> {
  const { kind, refundId, methodId, origin } = attempt
  if (kind === 'refund' && refundId !== null) await sendingBy(db, { id: refundId }, null)
  if (kind === 'setup' && methodId !== null) await endMethod(db, methodId, 'failed', nowMs)
  if (kind === 'charge' && origin === 'auto') await chargeLater(db, attempt, refused?.reason ?? 'declined', nowMs)
}

/** What is told of an attempt that has come to a state. */
export function attemptEvent(
  { name }: Gateway,
  { id: objectId, accountId, key, kind, currency, amountMinor, invoiceId }: Attempt,
  state: Attempt['state'],
  { reason, mayRetry }: Pick<Attempt, 'reason' | 'mayRetry'> = { reason: null, mayRetry: null },
): ReturnType<typeof eventOf> {
  const data = { key, kind, gateway: name, currency, amount: formatMinor(BigInt(amountMinor), currency), invoiceId }
  const about = { objectId, accountId }
  if (state === 'failed')
    return eventOf(told.attemptFailed, about, { ...data, reason: reason ?? 'declined', mayRetry: mayRetry ?? false })
  const type: EventType<typeof told.attemptCreated.data.shape> =
    state === 'created' ? told.attemptCreated : EVENTS[state]
  return eventOf(type, about, data)
}
