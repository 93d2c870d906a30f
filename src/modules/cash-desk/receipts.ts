import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { inCash } from '../../core/cash/cash-rounding.ts'
import { cashRounded, deskCash } from '../../core/ledger/cash-templates.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import { type TopUps, takesTopUps } from '../balances/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { postEntry } from '../ledger/index.ts'
import type { Parts } from '../module.ts'
import { type Account, accountInUse, lockAccount } from '../parties/index.ts'
import { listReversals, recordPayment } from '../payments/index.ts'
import { AccountSettlement, type Receivables } from '../receivables/index.ts'
import { receiptCancelled, receiptIssued } from './events.ts'
import { changeDesk } from './movements.ts'
import { ownShift } from './shifts.ts'
import * as store from './store.ts'

/** What a cash desk needs of the process. */
export interface DeskParts extends Pick<Parts, 'db' | 'engine'> {
  readonly receivables: Receivables
  readonly topUps: TopUps
}

export interface ReceiptDraft {
  readonly key: string
  readonly account: string
  /** A decimal; what is open of the document where it is absent. */
  readonly amount: string | null
  /** The document that it is for, by id or number. */
  readonly invoice: string | null
  /** What the payer gave; null where that was not said. */
  readonly tendered: string | null
  readonly note: string | null
}

/** Takes money at a desk. @returns the receipt; the same key is the same receipt */
export async function takeMoney(
  parts: DeskParts,
  context: StreamContext,
  deskKey: string,
  draft: ReceiptDraft,
  caller: Person,
): Promise<store.Receipt> {
  const { tenant, nowMs, db: root } = context
  const account = await accountInUse(root, draft.account)
  const recordedAs = (await takesTopUps(parts.engine, tenant, account)) ? 'top_up' : 'payment'
  const receipt = await inTransaction(parts.db, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    await lockAccount(db, account.id)
    const desk = await store.lockDesk(db, (await store.getDesk(db, deskKey)).id)
    const known = await store.findReceipt(db, 'key', draft.key)
    if (known !== undefined) return same(known, desk, account, draft)
    if (account.currency !== desk.currency)
      throw new Refusal(
        'unprocessable',
        `currency: the account is in ${account.currency}, and the desk ${deskKey} takes ${desk.currency}`,
      )
    const shift = await ownShift(db, desk, caller)
    const { amountMinor, invoiceId } = await askedOf(db, account, draft)
    const cashMinor = inCash(amountMinor, BigInt(desk.stepMinor))
    if (cashMinor === 0n)
      throw new Refusal(
        'unprocessable',
        `amount: cash of ${desk.currency} is paid from ${formatMinor(BigInt(desk.stepMinor), desk.currency)} on`,
      )
    const row: store.Receipt = {
      ...{
        id: newId(),
        deskId: desk.id,
        shiftId: shift.id,
        number: nextOf(desk),
        key: draft.key,
        kind: 'payment',
        cancelsId: null,
      },
      ...{ accountId: account.id, recordedAs, paymentId: null, state: 'pending', currency: desk.currency },
      ...{
        amountMinor: String(amountMinor),
        cashMinor: String(cashMinor),
        tenderedMinor: tenderedOf(draft, cashMinor, desk.currency),
      },
      ...{ note: draft.note, recordedBy: caller.id, createdAt: new Date(nowMs) },
    }
    await insertAllRows(db, [...context.logged({ id: row.id })])
    if (recordedAs === 'top_up') {
      await insertReceipt(db, row)
      return row
    }
    const payment = {
      ...{
        key: keyOf(row),
        method: deskCash(desk.key),
        currency: desk.currency,
        amount: formatMinor(amountMinor, desk.currency),
      },
      ...{
        receivedOn: dayOf(nowMs, account.zone),
        isDated: true,
        reference: store.printedNumber(desk, row.number),
        metadata: {},
      },
      invoices: invoiceId === null ? [] : [{ id: invoiceId, amountMinor }],
    }
    const { id: paymentId } = await recordPayment(db, account.id, payment, parts.receivables, nowMs)
    const made: store.Receipt = { ...row, paymentId, state: 'done' }
    await insertReceipt(db, made)
    await finishReceipt(db, desk, made, nowMs)
    return made
  })
  if (receipt.recordedAs === 'top_up') return finishTopUp(parts, context, receipt)
  if (await parts.engine.hasBalances(tenant.name, account.id)) await parts.receivables.apply(tenant, nowMs, account.id)
  return receipt
}

/** As what payments and top-ups name a receipt. */
export function keyOf({ id }: Pick<store.Receipt, 'id'>): string {
  return `cash:${id}`
}

function nextOf({ lastReceipt }: store.Desk): bigint {
  return lastReceipt + 1n
}

/** Numbers are given under the lock of the desk, in the transaction that stores the receipt: none is missing, none comes twice. */
async function insertReceipt(db: Database, row: store.Receipt): Promise<void> {
  await db.insertInto('cashReceipt').values(row).execute()
  await db.updateTable('cashDesk').set({ lastReceipt: row.number }).where('id', '=', row.deskId).execute()
}

function same(known: store.Receipt, desk: store.Desk, account: Account, { amount }: ReceiptDraft): store.Receipt {
  const isSame =
    known.kind === 'payment' &&
    known.deskId === desk.id &&
    known.accountId === account.id &&
    (amount === null || String(parseMinor(amount, desk.currency)) === known.amountMinor)
  if (!isSame) throw new Refusal('idempotency_conflict', `the key ${known.key} was used for another receipt`)
  return known
}

async function askedOf(
  db: Database,
  { id, currency }: Account,
  { amount, invoice }: ReceiptDraft,
): Promise<{ readonly amountMinor: bigint; readonly invoiceId: string | null }> {
  const invoiceId = invoice === null ? null : (await getInvoice(db, invoice)).id
  const open = invoiceId === null ? null : await new AccountSettlement(db, id, currency).askableOf(invoiceId)
  if (invoiceId !== null && open === null) throw new Refusal('unprocessable', 'invoice: it is none of the account')
  if (amount === null && open === null)
    throw new Refusal('unprocessable', 'amount: needed where no document says how much is to be paid')
  const amountMinor = amount === null ? open : parseMinor(amount, currency)
  if (amountMinor === null || amountMinor <= 0n)
    throw new Refusal(
      'unprocessable',
      amount === null ? 'invoice: nothing of it is to be paid' : `amount: ${amountAdvice(currency)}`,
    )
  return { amountMinor, invoiceId }
}

function tenderedOf({ tendered }: ReceiptDraft, cashMinor: bigint, currency: string): string | null {
  if (tendered === null) return null
  const minor = parseMinor(tendered, currency)
  if (minor === null || minor < cashMinor)
    throw new Refusal(
      'unprocessable',
      `tendered: ${tendered} is too little: ${formatMinor(cashMinor, currency)} ${currency} are to be paid`,
    )
  return String(minor)
}

/** Cash is in the drawer, and what of it is rounding is in the ledger. The desk is locked. */
async function finishReceipt(db: Database, desk: store.Desk, receipt: store.Receipt, nowMs: number): Promise<void> {
  const { id: objectId, accountId, number, currency } = receipt
  const [amountMinor, cashMinor] = [BigInt(receipt.amountMinor), BigInt(receipt.cashMinor)]
  await changeDesk(db, desk, { drawerMinor: BigInt(desk.drawerMinor) + cashMinor })
  if (cashMinor !== amountMinor)
    await postEntry(db, 'cash_rounded', objectId, cashRounded(desk.key, currency, cashMinor - amountMinor), nowMs)
  const [amount, cash] = [formatMinor(amountMinor, currency), formatMinor(cashMinor, currency)]
  const data = { desk: desk.key, number: store.printedNumber(desk, number), currency, amount, cash }
  await publish(db, [eventOf(receiptIssued, { objectId, accountId }, data)], nowMs)
}

/** Brings a receipt of a top-up to its end; asked again it does nothing more. */
export async function finishTopUp(
  parts: DeskParts,
  context: StreamContext,
  receipt: store.Receipt,
): Promise<store.Receipt> {
  if (receipt.state !== 'pending') return receipt
  const { tenant, nowMs, db: root } = context
  const desk = (await store.desksOf(root, [receipt.deskId])).get(receipt.deskId) as store.Desk
  const { id, accountId: account, amountMinor, currency, number } = receipt
  const draft = {
    ...{ key: keyOf(receipt), account, amount: formatMinor(BigInt(amountMinor), currency), currency },
    ...{ method: deskCash(desk.key), reference: store.printedNumber(desk, number) },
  }
  let refusal: Refusal | null = null
  try {
    await parts.topUps.record({ ...context, logged: () => [] }, draft)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'unprocessable') throw error
    refusal = error
  }
  await inTransaction(parts.db, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    const locked = await store.lockDesk(db, desk.id)
    const state = refusal === null ? 'done' : 'failed'
    const changed = await db
      .updateTable('cashReceipt')
      .set({ state })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .returning('id')
      .execute()
    if (changed.length > 0 && refusal === null) await finishReceipt(db, locked, receipt, nowMs)
  })
  if (refusal !== null) throw refusal
  return { ...receipt, state: 'done' }
}

/**
 * A payment of a desk is taken back, by whomever: its receipt is cancelled by another one, in the transaction that takes it back. Only while the shift is
 * open that has its cash: afterwards the cash is in the safe, and is paid back as a refund.
 */
export async function cancelReceiptOf(
  db: Database,
  { id: paymentId }: { readonly id: string },
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const receipt = await store.findReceipt(db, 'paymentId', paymentId)
  if (receipt === undefined) return
  if (String(amountMinor) !== receipt.amountMinor)
    throw new Refusal('conflict', 'a part of the payment was paid back: its receipt is not cancelled any more')
  const desk = await store.lockDesk(db, receipt.deskId)
  const reversal = (await listReversals(db, [paymentId])).at(-1)
  const { reason = '', reversedBy = '' } = reversal ?? {}
  await insertCancel(db, desk, receipt, { state: 'done', reason, recordedBy: reversedBy }, nowMs)
}

/** @throws Refusal where the cash of a receipt is not in the drawer any more */
export function assertOfShift(desk: store.Desk, shift: store.Shift | undefined, receipt: store.Receipt): void {
  if (shift?.id === receipt.shiftId) return
  const number = store.printedNumber(desk, receipt.number)
  throw new Refusal('conflict', `the shift of receipt ${number} is over: credit its document and pay that back`)
}

/** Stores the receipt that cancels another one. The desk is locked. */
export async function insertCancel(
  db: Database,
  desk: store.Desk,
  receipt: store.Receipt,
  {
    state,
    reason,
    recordedBy,
  }: { readonly state: 'pending' | 'done'; readonly reason: string; readonly recordedBy: string },
  nowMs: number,
): Promise<store.Receipt> {
  assertOfShift(desk, await store.openShift(db, desk.id), receipt)
  if (BigInt(desk.drawerMinor) < BigInt(receipt.cashMinor))
    throw new Refusal(
      'conflict',
      `${formatMinor(BigInt(desk.drawerMinor), desk.currency)} ${desk.currency} are in the drawer`,
    )
  const cancel: store.Receipt = {
    ...{
      ...receipt,
      id: newId(),
      number: nextOf(desk),
      kind: 'cancel',
      cancelsId: receipt.id,
      state,
      note: reason,
      recordedBy,
    },
    ...{ paymentId: null, tenderedMinor: null, createdAt: new Date(nowMs) },
    // With a blank: no caller's key is like it.
    key: `cancel ${receipt.id}`,
  }
  await insertReceipt(db, cancel)
  if (state === 'done') await finishCancel(db, desk, receipt, cancel, nowMs)
  return cancel
}

/** The cash was given back. The desk is locked. */
export async function finishCancel(
  db: Database,
  desk: store.Desk,
  cancelled: store.Receipt,
  cancel: store.Receipt,
  nowMs: number,
): Promise<void> {
  const { id: objectId, accountId, currency, note } = cancel
  const [amountMinor, cashMinor] = [BigInt(cancel.amountMinor), BigInt(cancel.cashMinor)]
  await changeDesk(db, desk, { drawerMinor: BigInt(desk.drawerMinor) - cashMinor })
  if (cashMinor !== amountMinor)
    await postEntry(db, 'cash_rounded', objectId, cashRounded(desk.key, currency, amountMinor - cashMinor), nowMs)
  const [number, cancels] = [cancel, cancelled].map((one) => store.printedNumber(desk, one.number)) as [string, string]
  const [amount, cash] = [formatMinor(amountMinor, currency), formatMinor(cashMinor, currency)]
  const data = { desk: desk.key, number, currency, amount, cash, cancels, reason: note ?? '' }
  await publish(db, [eventOf(receiptCancelled, { objectId, accountId }, data)], nowMs)
}
