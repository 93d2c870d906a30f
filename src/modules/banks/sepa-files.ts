import {
  type DebitOrder,
  directDebitFile,
  groupName,
  groupsOf,
  type Order,
  transferFile,
} from '../../core/banking/sepa/payment-files.ts'
import { isSepaName } from '../../core/banking/sepa/sepa-text.ts'
import { addTargetDays, targetDayFrom } from '../../core/banking/sepa/target-days.ts'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow, lockAccounts } from '../parties/index.ts'
import { listClaims } from '../payment-gateways/index.ts'
import { claimDocument } from '../payments/index.ts'
import { AccountSettlement, sendingBy } from '../receivables/index.ts'
import { sepaFileMade } from './events.ts'
import type { DebitTerms } from './sepa-settings.ts'
import * as sepa from './sepa-store.ts'
import { type BankAccount, getBankAccount } from './store.ts'

/** Orders of one file; banks take more, and nobody can look through them. */
const MAX_ORDERS = 10_000
/** A mandate that was not used for so many months is void (rulebook of the European Payments Council). */
const UNUSED_MONTHS = 36

interface Asked {
  readonly key: string
  readonly bankAccount: string
  /** Documents that are due on this day or before. */
  readonly until: string
  readonly createdBy: string
}

type NewOrder<O> = O & Pick<sepa.SepaOrder, 'id' | 'accountId' | 'mandateId' | 'invoiceId' | 'refundId' | 'dueOn'>

/**
 * A file of direct debits for what is due: of each document what is open, not disputed, and claimed by nobody else. It is claimed in the
 * same transaction. The day of collection is that of the document, at the earliest when banks can, and customers were told long enough before.
 */
export async function makeDebitFile(
  db: Database,
  asked: Asked,
  { creditorId, notifiedDays, leadDays, cutOffHour }: DebitTerms,
  nowMs: number,
): Promise<sepa.SepaFile> {
  const known = await findFile(db, asked.key, 'debits')
  if (known !== null) return known
  const bank = await euroAccount(db, asked.bankAccount)
  if (creditorId === null)
    throw new Refusal(
      'conflict',
      'no creditor identifier is set: kvit settings set direct-debits creditorId=DE98ZZZ09999999999',
    )
  const candidates = await listDue(db, bank, asked.until)
  await lockAccounts(
    db,
    candidates.map(({ accountId }) => accountId),
  )
  // Whoever asked for the same file at the same moment may have made it meanwhile.
  const made = await findFile(db, asked.key, 'debits')
  if (made !== null) return made
  const mandates = Map.groupBy(
    await sepa.listMandatesOf(db, [...new Set(candidates.map(({ accountId }) => accountId))]),
    ({ accountId }) => accountId,
  )
  const today = dayOf(nowMs, 'Europe/Brussels')
  const hour = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('Europe/Brussels').hour
  const earliest = addTargetDays(today, leadDays + (hour >= cutOffHour ? 1 : 0))
  const used = new Map<string, string>()
  const orders: NewOrder<DebitOrder>[] = []
  for (const { id, accountId, number, issuedOn, dueOn } of candidates) {
    const mandate = mandates.get(accountId)?.findLast((one) => isUsable(one, used, today))
    if (mandate === undefined || orders.length >= MAX_ORDERS) continue
    const amountMinor = await freeOf(db, accountId, id, nowMs)
    if (amountMinor <= 0n) continue
    const told = Temporal.PlainDate.from(issuedOn).add({ days: notifiedDays }).toString()
    const collectsOn = targetDayFrom([dueOn, told, earliest].toSorted().at(-1) as string)
    const orderId = newId()
    const sequence = mandate.isOneOff ? 'OOFF' : mandate.lastUsedOn === null && !used.has(mandate.id) ? 'FRST' : 'RCUR'
    used.set(mandate.id, collectsOn)
    orders.push({
      ...{ id: orderId, accountId, mandateId: mandate.id, invoiceId: id, refundId: null, dueOn: collectsOn },
      ...{ endToEndId: orderId.replaceAll('-', ''), amountMinor, sequence, collectsOn, text: number },
      mandate: { reference: mandate.reference, signedOn: mandate.signedOn, scheme: mandate.scheme },
      other: { name: mandate.holder, iban: mandate.iban, bic: mandate.bic },
    })
  }
  if (orders.length === 0)
    throw new Refusal(
      'unprocessable',
      `nothing that is due by ${asked.until} can be collected: no mandate, nothing open, or it is on its way already`,
    )
  for (const [mandateId, day] of used)
    await db.updateTable('sepaMandate').set({ lastUsedOn: day }).where('id', '=', mandateId).execute()
  for (const { endToEndId: key, invoiceId, amountMinor } of orders)
    await claimDocument(db, { key, invoiceId: invoiceId as string, amountMinor }, nowMs)
  const messageId = messageIdOf()
  const xml = directDebitFile(headOf(bank, messageId, nowMs), creditorId, orders)
  const groups = groupsOf(orders).flatMap((group, index) =>
    group.map(({ id }) => [id, groupName(messageId, index)] as const),
  )
  return keepFile(db, 'debits', asked, { bank, messageId, xml }, orders, new Map(groups), nowMs)
}

/** A file of transfers for refunds that are due, of accounts whose IBAN is known: by a mandate, or by what they have paid from. */
export async function makeRefundFile(db: Database, asked: Asked, nowMs: number): Promise<sepa.SepaFile> {
  const known = await findFile(db, asked.key, 'refunds')
  if (known !== null) return known
  const bank = await euroAccount(db, asked.bankAccount)
  const due = await listRefundsDue(db, bank)
  await lockAccounts(
    db,
    due.map(({ accountId }) => accountId),
  )
  const made = await findFile(db, asked.key, 'refunds')
  if (made !== null) return made
  // What somebody else has sent before the accounts were locked is due no more; what came since is for the next file.
  const locked = new Set(due.map(({ id }) => id))
  const refunds = (await listRefundsDue(db, bank)).filter(({ id }) => locked.has(id))
  const orders: NewOrder<Order>[] = []
  const dueOn = addTargetDays(dayOf(nowMs, 'Europe/Brussels'), 1)
  for (const { id: refundId, accountId, amountMinor } of refunds.slice(0, MAX_ORDERS)) {
    const iban = await ibanOf(db, accountId)
    if (iban === null) continue
    const id = newId()
    const { customerId, key } = await getRow(db, 'account', accountId)
    const { name: known } = await getRow(db, 'customer', customerId)
    const name = isSepaName(known) ? known : key
    await sendingBy(db, { id: refundId }, id)
    orders.push({
      ...{ id, accountId, mandateId: null, invoiceId: null, refundId, dueOn, endToEndId: id.replaceAll('-', '') },
      ...{ amountMinor: BigInt(amountMinor), text: `Refund ${key}`, other: { name, iban, bic: null } },
    })
  }
  if (orders.length === 0)
    throw new Refusal(
      'unprocessable',
      'no refund that is due can be sent: there is none, its IBAN is not known, or it is on its way already',
    )
  const messageId = messageIdOf()
  const xml = transferFile(headOf(bank, messageId, nowMs), dueOn, orders)
  const groups = new Map(orders.map(({ id }) => [id, groupName(messageId, 0)]))
  return keepFile(db, 'refunds', asked, { bank, messageId, xml }, orders, groups, nowMs)
}

/** Why a mandate cannot be used; null where it can. */
export function unusable(mandate: sepa.Mandate, today: string): string | null {
  if (mandate.endedOn !== null) return `it ended on ${mandate.endedOn}: ${mandate.endReason}`
  if (mandate.isOneOff && mandate.lastUsedOn !== null) return 'it was for one collection, which was made'
  const last = mandate.lastUsedOn ?? mandate.signedOn
  const void_ = Temporal.PlainDate.from(last).add({ months: UNUSED_MONTHS }).toString()
  return void_ <= today ? `it was not used for ${UNUSED_MONTHS} months` : null
}

function isUsable(mandate: sepa.Mandate, used: ReadonlyMap<string, string>, today: string): boolean {
  return unusable(mandate, today) === null && !(mandate.isOneOff && used.has(mandate.id))
}

async function findFile(db: Database, key: string, kind: sepa.SepaFile['kind']): Promise<sepa.SepaFile | null> {
  const found = await db.selectFrom('sepaFile').selectAll().where('key', '=', key).executeTakeFirst()
  if (found === undefined) return null
  if (found.kind !== kind) throw new Refusal('idempotency_conflict', `the key ${key} was used for another file`)
  return found as sepa.SepaFile
}

async function euroAccount(db: Database, reference: string): Promise<BankAccount & { readonly iban: string }> {
  const bank = await getBankAccount(db, reference)
  const { iban, currency, key, name } = bank
  if (iban === null || currency !== 'EUR')
    throw new Refusal('unprocessable', `bankAccount: ${key} has no IBAN, or is not in EUR: SEPA is for euros`)
  if (!isSepaName(name))
    throw new Refusal('unprocessable', `bankAccount: ${key} has a name in letters that banks do not take: ${name}`)
  return { ...bank, iban }
}

async function listDue(
  db: Database,
  { issuerId }: BankAccount,
  until: string,
): Promise<
  {
    readonly id: string
    readonly accountId: string
    readonly number: string
    readonly issuedOn: string
    readonly dueOn: string
  }[]
> {
  const rows = await db
    .selectFrom('invoice')
    .select(['invoice.id', 'invoice.accountId', 'invoice.dueOn', 'invoice.issuedOn'])
    .where('invoice.issuerId', '=', issuerId)
    .where('invoice.currency', '=', 'EUR')
    .where('invoice.kind', '!=', 'credit_note')
    .where('invoice.dueOn', '<=', until)
    .where((where) =>
      where.exists(
        where
          .selectFrom('sepaMandate')
          .select('sepaMandate.id')
          .whereRef('sepaMandate.accountId', '=', 'invoice.accountId')
          .where('endedOn', 'is', null),
      ),
    )
    .orderBy('invoice.dueOn')
    .orderBy('invoice.id')
    .execute()
  const found = []
  for (const { id, accountId, dueOn, issuedOn } of rows) {
    const { document } = await getInvoice(db, id)
    found.push({ id, accountId, dueOn, issuedOn, number: document.number })
  }
  return found
}

/** What of a document may be collected: open, not disputed, and on its way by nobody. */
async function freeOf(db: Database, accountId: string, invoiceId: string, nowMs: number): Promise<bigint> {
  const open = (await new AccountSettlement(db, accountId, 'EUR').askableOf(invoiceId)) ?? 0n
  const claims = open > 0n ? await listClaims(db, invoiceId, nowMs) : []
  return claims.reduce((rest, { amountMinor }) => rest - BigInt(amountMinor), open)
}

async function listRefundsDue(
  db: Database,
  { issuerId }: BankAccount,
): Promise<{ id: string; accountId: string; amountMinor: string }[]> {
  return db
    .selectFrom('refund')
    .innerJoin('account', 'account.id', 'refund.accountId')
    .select(['refund.id', 'refund.accountId', 'refund.amountMinor'])
    .where('account.issuerId', '=', issuerId)
    .where('refund.currency', '=', 'EUR')
    .where('refund.sentAt', 'is', null)
    .where('refund.attemptId', 'is', null)
    .orderBy('refund.id')
    .execute()
}

async function ibanOf(db: Database, accountId: string): Promise<string | null> {
  const mandate = (await sepa.listMandatesOf(db, [accountId])).findLast(({ endedOn }) => endedOn === null)
  if (mandate !== undefined) return mandate.iban
  const query = db
    .selectFrom('bankLine')
    .select('counterpartyIban')
    .where('accountId', '=', anyOf([accountId]))
  const line = await query.where('counterpartyIban', 'is not', null).orderBy('id', 'desc').limit(1).executeTakeFirst()
  return line?.counterpartyIban ?? null
}

/** 26 letters and digits: with the number of a group it has at most 35. */
function messageIdOf(): string {
  return newId().replaceAll('-', '').slice(0, 26)
}

function headOf(
  bank: BankAccount & { readonly iban: string },
  messageId: string,
  nowMs: number,
): Parameters<typeof directDebitFile>[0] {
  const createdAt = `${new Date(nowMs).toISOString().slice(0, 19)}Z`
  return { messageId, createdAt, own: { name: bank.name, iban: bank.iban, bic: bank.bic } }
}

async function keepFile(
  db: Database,
  kind: sepa.SepaFile['kind'],
  { key, createdBy }: Asked,
  { bank, messageId, xml }: { readonly bank: BankAccount; readonly messageId: string; readonly xml: string },
  orders: readonly NewOrder<Order & { readonly sequence?: DebitOrder['sequence'] }>[],
  groups: ReadonlyMap<string, string>,
  nowMs: number,
): Promise<sepa.SepaFile> {
  const createdAt = new Date(nowMs)
  const file: sepa.SepaFile = { id: newId(), key, kind, messageId, bankAccountId: bank.id, xml, createdBy, createdAt }
  await db.insertInto('sepaFile').values(file).execute()
  for (const {
    id,
    endToEndId,
    accountId,
    mandateId,
    invoiceId,
    refundId,
    amountMinor,
    sequence = null,
    dueOn,
  } of orders)
    await db
      .insertInto('sepaOrder')
      .values({
        ...{
          id,
          sepaFileId: file.id,
          paymentInfoId: groups.get(id) as string,
          endToEndId,
          accountId,
          mandateId,
          invoiceId,
        },
        ...{
          refundId,
          amountMinor: String(amountMinor),
          sequence,
          dueOn,
          state: 'sent',
          reason: null,
          paymentId: null,
          createdAt,
        },
      })
      .execute()
  const sum = orders.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  const told = { kind, bankAccount: bank.key, orders: orders.length, amount: formatMinor(sum, 'EUR'), currency: 'EUR' }
  await publish(db, [eventOf(sepaFileMade, { objectId: file.id }, told)], nowMs)
  return file
}
