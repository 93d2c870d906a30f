import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { withheldMinor } from '../../core/invoicing/document-tax.ts'
import { depositTaken } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import { getInvoice } from '../invoices/index.ts'
import { postEntry } from '../ledger/index.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { DEPOSIT, findPayment, recordNotReceived } from '../payments/index.ts'
import { AccountSettlement, hasSettled, isOpened } from '../receivables/index.ts'
import { told } from './events.ts'
import * as store from './store.ts'

/** What somebody records of a deposit. */
export interface DepositAsked {
  readonly key: string
  readonly accountId: string
  readonly kind: store.DepositEntry['kind']
  /** Null of what is applied: all that is held, at most what is open of the document without what its buyer withholds. */
  readonly amount: string | null
  readonly method: 'bank' | 'cash' | null
  readonly reason: string
  /** The document that it is applied to, by id or number. */
  readonly invoice: string | null
}

/** Takes, applies or releases security of an account. In a transaction of `db`. */
export async function recordDeposit(
  db: Database,
  asked: DepositAsked,
  { id: recordedBy, person: recordedByPerson }: Person,
  nowMs: number,
): Promise<store.DepositEntry> {
  const { key, accountId, kind, method, reason, invoice } = asked
  const account = await lockAccount(db, accountId)
  const { currency } = account
  const wanted = asked.amount === null ? null : parseMinor(asked.amount, currency)
  if (asked.amount !== null && (wanted === null || wanted <= 0n))
    throw new Refusal('unprocessable', `amount: ${asked.amount} is no deposit: ${amountAdvice(currency)}`)
  const known = await store.findEntry(db, key)
  if (known !== undefined) {
    const isSame =
      known.accountId === accountId &&
      known.kind === kind &&
      known.reason === reason &&
      known.method === method &&
      (invoice === null || (await isAppliedTo(db, known, invoice))) &&
      (wanted === null || known.amountMinor === String(wanted))
    if (isSame) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another entry of a deposit`)
  }
  const held = (await store.heldMinor(db, accountId)).get(accountId) ?? 0n
  if (kind !== 'taken' && (wanted ?? 1n) > held)
    throw new Refusal('insufficient_balance', `${formatMinor(held, currency)} ${currency} are held of the account`)
  const entry = { id: newId(), key, accountId, kind, currency, method, reason, recordedBy, recordedByPerson }
  const createdAt = new Date(nowMs)
  let row: store.DepositEntry
  if (kind === 'applied') {
    const { paymentId, minor } = await apply(db, account, { ...asked, entryId: entry.id }, wanted, held, nowMs)
    row = { ...entry, amountMinor: String(minor), paymentId, createdAt }
  } else {
    const minor = wanted ?? held
    row = { ...entry, amountMinor: String(minor), paymentId: null, createdAt }
    const postings = depositTaken(accountId, currency, method ?? 'bank', kind === 'taken' ? minor : -minor)
    await postEntry(db, kind === 'taken' ? 'deposit_taken' : 'deposit_released', row.id, postings, nowMs)
  }
  await store.insertEntry(db, row)
  const data = { currency, amount: formatMinor(BigInt(row.amountMinor), currency), reason }
  await publish(db, [eventOf(told[kind], { objectId: row.id, accountId }, data)], nowMs)
  return row
}

/** Whether what was applied went to this document, also where it was taken back since. */
async function isAppliedTo(
  db: Database,
  { paymentId }: Pick<store.DepositEntry, 'paymentId'>,
  invoice: string,
): Promise<boolean> {
  return paymentId !== null && (await hasSettled(db, paymentId, (await getInvoice(db, invoice)).id))
}

async function apply(
  db: Database,
  { id: accountId, currency, zone }: Account,
  { key, reason, invoice, entryId }: DepositAsked & { readonly entryId: string },
  wanted: bigint | null,
  held: bigint,
  nowMs: number,
): Promise<{ readonly paymentId: string; readonly minor: bigint }> {
  const { id, document, kind } = await getInvoice(db, invoice ?? '')
  const settlement = new AccountSettlement(db, accountId, currency)
  const open = kind === 'credit_note' ? null : await settlement.openOf(id)
  if (open === null) throw new Refusal('unprocessable', `invoice: ${document.number} is no invoice of the account`)
  // What is disputed is settled where somebody names the amount.
  const askable = ((await settlement.askableOf(id)) ?? 0n) - withheldMinor(document)
  const due = askable > 0n ? askable : 0n
  const minor = wanted ?? (held < due ? held : due)
  if (minor > open || minor <= 0n)
    throw new Refusal(
      'unprocessable',
      `amount: ${formatMinor(wanted === null ? due : open, currency)} are open of ${document.number}`,
    )
  const day = dayOf(nowMs, zone)
  // Somebody may have recorded a payment of that key: then it is called by the id, which nobody can take.
  const isFree = (await findPayment(db, `deposit:${key}`)) === undefined
  const draft = { key: `deposit:${isFree ? key : entryId}`, currency, amountMinor: minor, day, reason }
  const payment = await recordNotReceived(db, accountId, DEPOSIT, draft, await isOpened(db, accountId), nowMs)
  await settlement.settleOne(payment.id, id, minor, nowMs)
  return { paymentId: payment.id, minor }
}
