import { formatMinor, parseMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { gatewayCash } from '../../core/ledger/templates.ts'
import { readRequest, type TerminalFields, type TerminalRequest, txnIdOf } from '../../core/terminals/request.ts'
import { RESULTS, type TerminalAnswer, type TerminalReason } from '../../core/terminals/results.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import { takesTopUps } from '../balances/index.ts'
import { recordPayment } from '../payments/index.ts'
import { cancelTransaction, finishCancelling } from './cancel.ts'
import { terminalPaid, terminalRefused } from './events.ts'
import { findPayee, type Payee } from './find-account.ts'
import type { TerminalParts } from './parts.ts'
import { shownOf } from './show-account.ts'
import * as store from './store.ts'

/** Answers what a network asks. What is answered is committed; a fault is answered by the caller as `temporary`. */
export async function serveTerminal(
  parts: TerminalParts,
  context: StreamContext,
  network: store.Network,
  fields: TerminalFields,
  caller: string,
): Promise<TerminalAnswer> {
  const { currency, zone, minMinor, maxMinor } = network
  const terms = { currency, zone, minMinor: BigInt(minMinor), maxMinor: BigInt(maxMinor) }
  const request = readRequest(fields, terms, context.nowMs)
  if (typeof request === 'string') return refuse(context, network, fields, request, null)
  switch (request.command) {
    case 'check':
      return check(parts, context, network, request)
    case 'pay':
      return pay(parts, context, network, request, fields)
    case 'status': {
      const found = await store.findTransaction(context.db, network.gatewayId, request.txnId)
      return found === undefined ? { reason: 'not_found', txnId: request.txnId } : answerOf(found, 'ok')
    }
    case 'cancel': {
      const asked = {
        txnId: request.txnId,
        reason: `cancelled by ${network.name}`,
        cancelledBy: caller,
        isByHand: false,
      }
      const { reason, transaction } = await cancelTransaction(parts, context, network, asked)
      if (reason !== 'ok') return refuse(context, network, fields, reason, transaction)
      return transaction === null ? { reason, txnId: request.txnId } : answerOf(transaction, reason)
    }
  }
}

async function check(
  parts: TerminalParts,
  context: StreamContext,
  network: store.Network,
  { account, txnId, amountMinor }: TerminalRequest,
): Promise<TerminalAnswer> {
  const said = {
    txnId,
    currency: network.currency,
    ...(amountMinor === null ? {} : { sum: formatMinor(amountMinor, network.currency) }),
  }
  if (!network.isOpen) return { ...said, reason: 'network_closed' }
  const payee = await payeeOf(context, network, account)
  if (typeof payee === 'string') return { ...said, reason: payee }
  return { ...said, reason: 'ok', fields: await shownOf(parts, context, network, payee.account) }
}

async function payeeOf(
  { db, nowMs }: StreamContext,
  network: store.Network,
  text: string,
): Promise<Payee | TerminalReason> {
  return findPayee(db, network.accountBy, text, network.currency, nowMs)
}

async function pay(
  parts: TerminalParts,
  context: StreamContext,
  network: store.Network,
  request: TerminalRequest,
  fields: TerminalFields,
): Promise<TerminalAnswer> {
  const { gatewayId } = network
  const { txnId } = request
  const known = await store.findTransaction(context.db, gatewayId, txnId)
  if (known !== undefined) return repeated(parts, context, network, request, fields, known)
  if (!network.isOpen) return refuse(context, network, fields, 'network_closed', null)
  const payee = await payeeOf(context, network, request.account)
  if (typeof payee === 'string') return refuse(context, network, fields, payee, null)
  const made = await begin(parts, context, network, request, payee)
  if (made === null) {
    const other = await store.findTransaction(context.db, gatewayId, txnId)
    return other === undefined
      ? { reason: 'temporary', txnId }
      : repeated(parts, context, network, request, fields, other)
  }
  return finish(parts, context, network, made)
}

/** The same id again: the same answer, or a conflict where it is about something else. */
async function repeated(
  parts: TerminalParts,
  context: StreamContext,
  network: store.Network,
  { account, amountMinor }: TerminalRequest,
  fields: TerminalFields,
  known: store.Transaction,
): Promise<TerminalAnswer> {
  if (known.accountId === null) return refuse(context, network, fields, 'cancelled', known)
  const payee = known.accountText === account ? null : await payeeOf(context, network, account)
  const isSameAccount = payee === null || (typeof payee !== 'string' && payee.account.id === known.accountId)
  if (!isSameAccount || String(amountMinor) !== known.amountMinor)
    return refuse(context, network, fields, 'id_conflict', known)
  if (known.state === 'cancelled' || known.state === 'cancelling')
    return refuse(context, network, fields, 'cancelled', known)
  return finish(parts, context, network, known)
}

/** Stores a payment with what it settles, in one commit; or notes a top-up that is to be made. @returns null where another request was quicker */
async function begin(
  { engine, receivables, db: root }: TerminalParts,
  context: StreamContext,
  network: store.Network,
  { txnId, account: accountText, amountMinor, paidMs, terminal }: TerminalRequest,
  { account, invoiceId }: Payee,
): Promise<store.Transaction | null> {
  const { tenant, nowMs } = context
  const minor = amountMinor as bigint
  const { currency, gatewayId, name, credits } = network
  const isPrepaid = await takesTopUps(engine, tenant, account)
  const kind = credits === 'by_account' ? (isPrepaid ? 'top_up' : 'payment') : credits
  const row: store.Transaction = {
    ...{ id: newId(), gatewayId, txnId, accountId: account.id, accountText, currency, amountMinor: String(minor) },
    ...{ paidAt: paidMs === null ? null : new Date(paidMs), terminal, state: 'pending', kind, paymentId: null },
    ...{ createdAt: new Date(nowMs), cancelledAt: null, cancelReason: null, cancelledBy: null },
  }
  return inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    if (!(await store.insertTransaction(db, row))) return null
    await insertAllRows(db, [...context.logged({ id: row.id })])
    if (kind === 'top_up') return row
    const draft = {
      ...{
        key: store.keyOf(network, txnId),
        method: gatewayCash(name),
        currency,
        amount: formatMinor(minor, currency),
      },
      ...{ receivedOn: dayOf(paidMs ?? nowMs, account.zone), isDated: true, reference: txnId, metadata: {} },
      invoices: invoiceId === null ? [] : [{ id: invoiceId, amountMinor: minor }],
    }
    const payment = await recordPayment(db, account.id, draft, receivables, nowMs)
    const paid = { state: 'paid', paymentId: payment.id } as const
    await store.changeTransaction(db, row.id, ['pending'], paid)
    await tellPaid(db, network, row, nowMs)
    return { ...row, ...paid }
  })
}

/** Brings what was begun to its end; asked again it does nothing more. */
export async function finish(
  parts: TerminalParts,
  context: StreamContext,
  network: store.Network,
  transaction: store.Transaction,
): Promise<TerminalAnswer> {
  const { engine, receivables, topUps, db: root } = parts
  const { tenant, nowMs } = context
  const { id, txnId, currency, amountMinor, kind, state } = transaction
  const accountId = transaction.accountId as string
  if (state === 'cancelling') await finishCancelling(parts, context, network, transaction)
  if (state === 'cancelling' || state === 'cancelled') return answerOf({ ...transaction, state: 'cancelled' }, 'ok')
  if (kind === 'payment') {
    if (await engine.hasBalances(tenant.name, accountId)) await receivables.apply(tenant, nowMs, accountId)
    return answerOf(transaction, 'ok')
  }
  if (state !== 'paid') {
    // One that was refused is under way again before the engine is asked: whoever cancels it now waits, instead of cancelling what money follows for.
    if (state === 'refused' && !(await store.changeTransaction(context.db, id, ['refused'], { state: 'pending' })))
      return answerOf(transaction, 'temporary')
    const draft = {
      ...{
        key: store.keyOf(network, txnId),
        account: accountId,
        amount: formatMinor(BigInt(amountMinor), currency),
        currency,
      },
      ...{ method: gatewayCash(network.name), reference: txnId },
    }
    try {
      await topUps.record({ ...context, logged: () => [] }, draft)
    } catch (error) {
      if (!(error instanceof Refusal) || RETRIED.has(error.code)) throw error
      await store.changeTransaction(context.db, id, ['pending'], { state: 'refused' })
      return { ...answerOf(transaction, 'not_allowed'), state: 'cancelled' }
    }
    await inTransaction(root, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      if (await store.changeTransaction(db, id, ['pending'], { state: 'paid' }))
        await tellPaid(db, network, transaction, nowMs)
    })
  }
  return answerOf({ ...transaction, state: 'paid' }, 'ok')
}

/** What a network sends again, since nobody knows yet what came of it. */
const RETRIED: ReadonlySet<string> = new Set([
  'engine_unavailable',
  'overloaded',
  'too_many_requests',
  'secrets_unavailable',
])

async function tellPaid(
  db: StreamContext['db'],
  { name: network }: store.Network,
  { id: objectId, accountId, txnId, currency, amountMinor, kind }: store.Transaction,
  nowMs: number,
): Promise<void> {
  const amount = formatMinor(BigInt(amountMinor), currency)
  const data = { network, txnId, currency, amount, kind: kind ?? 'payment' }
  await publish(db, [eventOf(terminalPaid, { objectId, accountId }, data)], nowMs)
}

/** Commands whose refusals are kept: money may be in a terminal. */
const KEPT: ReadonlySet<string> = new Set(['pay', 'cancel'])
const SHORT = 128

async function refuse(
  { db, tenant, nowMs }: StreamContext,
  { gatewayId, name: network, currency }: store.Network,
  fields: TerminalFields,
  reason: TerminalReason,
  known: store.Transaction | null,
): Promise<TerminalAnswer> {
  const { command = '' } = fields
  const txnId = txnIdOf(fields)
  const answer = known === null || known.accountId === null ? { reason, txnId } : answerOf(known, reason)
  if (!KEPT.has(command) || reason === 'under_way') return answer
  const [accountText, sumText, id] = [fields['account'], fields['sum'], fields['txn_id']].map(plain) as [
    string,
    string,
    string,
  ]
  const accountId = known?.accountId ?? null
  const refused = { gatewayId, command, txnId: id, accountId, accountText, sumText, reason }
  await inTransaction(db, async (trx) => {
    const within = inSchema(trx, tenant.schema)
    const kept = await store.keepRefusal(within, refused, nowMs)
    if (!kept.isNew) return
    const data = { network, command, txnId: id, reason }
    await publish(within, [eventOf(terminalRefused, { objectId: kept.id, accountId }, data)], nowMs)
  })
  const amountMinor = parseMinor(sumText, currency)
  return known === null && amountMinor !== null
    ? { ...answer, sum: formatMinor(amountMinor, currency), currency }
    : answer
}

/** A text as it can be kept: short, without control characters. */
function plain(text = ''): string {
  return text
    .slice(0, SHORT)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
}

/** Kvit's number of a payment, as networks store it, up to 19 digits: the millisecond of its id, and which one of that millisecond it is. */
function ownNumber(id: string): string {
  return BigInt(`0x${id.replaceAll('-', '').slice(0, 12)}${id.slice(15, 18)}`).toString()
}

function answerOf(transaction: store.Transaction, reason: TerminalReason): TerminalAnswer {
  const { id, txnId, currency, amountMinor, accountId, state } = transaction
  const sum = accountId === null ? {} : { sum: formatMinor(BigInt(amountMinor), currency) }
  const own = { txnId, ownNumber: ownNumber(id), ...sum, currency }
  const isTold = RESULTS[reason][0] === 0 || reason === 'cancelled'
  if (!isTold) return { reason, ...own }
  const told = state === 'paid' || state === 'pending' ? state : 'cancelled'
  return { reason, ...own, state: told }
}
