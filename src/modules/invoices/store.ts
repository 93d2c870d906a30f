import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import type { LineKind } from '../../core/invoicing/invoice-lines.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Metadata } from '../../platform/http/metadata.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { StoredTax } from './stored-taxes.ts'

/** What becomes of the money of a credit note, as far as its document is not open: it settles others, stays the customer's, or is paid back. */
export type CreditMoney = 'open_invoices' | 'balance' | 'refund'

export interface Invoice {
  readonly id: string
  /** It may be changed after issue: it is no part of the document. */
  readonly metadata: Metadata
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  readonly issuerId: string
  readonly series: string
  readonly number: bigint
  readonly accountId: string
  readonly billingDay: string
  readonly purpose: string
  /** Of a bill that is split: what this document is of, such as a cost centre; else empty. */
  readonly part: string
  readonly currency: string
  readonly totalMinor: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly document: InvoiceDocument
  readonly issuedAt: Date
  /** At the rating scale; null where the account has no balances. */
  readonly balanceAdjustment: string | null
  readonly balanceAppliedAt: Date | null
  /** It bills money that is drawn down: balances do not settle it. */
  readonly sellsBalance: boolean
  /** When balances had settled what they could of it. */
  readonly balanceSettledAt: Date | null
}

export interface InvoiceLineRow {
  readonly id: string
  readonly invoiceId: string
  readonly position: number
  readonly kind: LineKind
  readonly accountId: string
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  /** What lowers the billable of this name; empty on the billable itself. */
  readonly adjustment: string
  readonly periodStart: string
  readonly periodEnd: string
  readonly isLate: boolean
  readonly description: string
  readonly measures: readonly string[] | null
  readonly records: bigint | null
  readonly throughSeq: bigint | null
  /** Of the usage that this line and those before it bill, at the rating scale; null on lines of before. */
  readonly charged: string | null
  readonly exactAmount: string
  readonly amountMinor: string
  /** How it is taxed, by its parts, and what that comes to in minor units; null where nobody was asked. */
  readonly taxes: readonly StoredTax[] | null
  readonly netMinor: string | null
  readonly taxMinor: string | null
  readonly basis: Readonly<Record<string, unknown>> | null
  /** Of a credit on request: the line that it credits. */
  readonly creditsLineId: string | null
  /** It was voided to be billed anew, or is the credit that voids it: it counts as never billed. */
  readonly isUnbilled: boolean
}

export async function findInvoice(db: Database, id: string): Promise<Invoice | undefined> {
  return (await db.selectFrom('invoice').selectAll().where('id', '=', id).executeTakeFirst()) as Invoice | undefined
}

/** Documents of a number as it is printed, `INV-000001`: series of several issuers may have the same one. */
export async function findInvoicesByNumber(db: Database, printed: string): Promise<Invoice[]> {
  const query = db.selectFrom('invoice').selectAll().where(sql<string>`document ->> 'number'`, '=', printed)
  return (await query.orderBy('id').limit(MAX_ISSUERS).execute()) as Invoice[]
}

const MAX_ISSUERS = 100

/** @param reference an id, or a number as it is printed */
export async function getInvoice(db: Database, reference: string): Promise<Invoice> {
  const [found, other] = isUuid(reference)
    ? [await findInvoice(db, reference)]
    : await findInvoicesByNumber(db, reference)
  if (found === undefined) throw notFound(`invoice ${reference}`, '/v1/invoices', 'invoice list')
  if (other !== undefined) throw new Refusal('conflict', `two issuers have a document ${reference}; name it by its id`)
  return found
}

/** Several by their ids, the first issued first. */
export async function getInvoices(db: Database, ids: readonly string[]): Promise<Invoice[]> {
  const query = db.selectFrom('invoice').selectAll().where('id', '=', anyOf(ids)).orderBy('id')
  return (await query.execute()) as Invoice[]
}

export async function listInvoices(
  db: Database,
  filter: { limit: number; cursor?: string | undefined; accountId?: string | undefined },
): Promise<Invoice[]> {
  let query = db.selectFrom('invoice').selectAll().orderBy('id').limit(filter.limit)
  if (filter.cursor !== undefined) query = query.where('id', '>', filter.cursor)
  if (filter.accountId !== undefined) query = query.where('accountId', '=', filter.accountId)
  return (await query.execute()) as Invoice[]
}

/** What the last documents of accounts say of what was used, the newest first. @param limit of each account */
export async function listUsageTold(
  db: Database,
  accountIds: readonly string[],
  limit: number,
): Promise<{ accountId: string; from: string; usage: InvoiceDocument['usage'] }[]> {
  if (accountIds.length === 0) return []
  const told = db
    .selectFrom('invoice')
    .select([
      'accountId',
      sql<string>`document #>> '{period,from}'`.as('from'),
      sql<InvoiceDocument['usage']>`document -> 'usage'`.as('usage'),
      sql<number>`row_number() over (partition by account_id order by issued_at desc, id desc)`.as('place'),
    ])
    .where('accountId', '=', anyOf(accountIds))
    .where(sql<boolean>`document -> 'usage' <> '[]'`)
  const query = db.selectFrom(told.as('told')).select(['accountId', 'from', 'usage']).where('place', '<=', limit)
  return await query.orderBy('accountId').orderBy('place').execute()
}

/** Documents of accounts, those that are due first before the others. */
export async function listAccountDocuments(
  db: Database,
  accountIds: readonly string[],
): Promise<(OwedDocument & { readonly accountId: string })[]> {
  const rows = await db
    .selectFrom('invoice')
    .leftJoin('documentRequest', 'documentRequest.invoiceId', 'invoice.id')
    .select(['id', 'invoice.accountId', 'invoice.kind', 'totalMinor', 'sellsBalance', 'dueOn'])
    .select(['correctsId', 'money', 'refundMinor'])
    .where('invoice.accountId', '=', anyOf(accountIds))
    .orderBy('dueOn')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    accountId: row.accountId,
    id: row['id'] as string,
    kind: row['kind'] as Invoice['kind'],
    totalMinor: BigInt(row['totalMinor'] as string),
    sellsBalance: row['sellsBalance'] as boolean,
    dueOn: row['dueOn'] as string,
    asked:
      row.correctsId === null
        ? null
        : {
            correctsId: row.correctsId,
            money: row.money as CreditMoney | null,
            refundMinor: BigInt(row.refundMinor ?? 0),
          },
  }))
}

/** A document as far as settling it goes. */
export interface OwedDocument extends Pick<Invoice, 'id' | 'kind' | 'sellsBalance' | 'dueOn'> {
  readonly totalMinor: bigint
  /** Of a note on request: the document that it is about, and what becomes of its money. */
  readonly asked: AskedMoney | null
}

export interface AskedMoney {
  readonly correctsId: string
  readonly money: CreditMoney | null
  /** What is to be paid back, and settles no document. */
  readonly refundMinor: bigint
}

/** The billing days of an account's documents of a purpose: one for each document. */
export async function interimDays(db: Database, accountId: string, purpose: string): Promise<string[]> {
  const query = db.selectFrom('invoice').select('billingDay').where('accountId', '=', accountId)
  const rows = await query.where('purpose', 'like', `${purpose}%`).orderBy('billingDay').execute()
  return rows.map((row) => row['billingDay'] as string)
}

/** The document that an account was sent for a purpose. */
export async function findByPurpose(db: Database, accountId: string, purpose: string): Promise<string | undefined> {
  const query = db.selectFrom('invoice').select('id').where('accountId', '=', accountId).where('purpose', '=', purpose)
  return (await query.executeTakeFirst())?.['id'] as string | undefined
}

export async function findLine(db: Database, id: string): Promise<InvoiceLineRow | undefined> {
  return (await db.selectFrom('invoiceLine').selectAll().where('id', '=', id).executeTakeFirst()) as
    | InvoiceLineRow
    | undefined
}

/** What discounts gave, by their id and the currency of the documents; positive, with the number of bills that it was on. */
export async function givenByDiscounts(
  db: Database,
  ids: readonly string[],
): Promise<{ id: string; currency: string; amountMinor: bigint; bills: number }[]> {
  const byBill = db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select(['adjustment', 'currency', sql<string>`-sum(amount_minor)`.as('given')])
    .where('invoiceLine.kind', '=', 'discount')
    .where('adjustment', '=', anyOf(ids, 'text'))
    .where('isUnbilled', '=', false)
    .groupBy(['adjustment', 'currency', sql`coalesce(basis ->> 'bill', billing_day::text)`])
  const rows = await db
    .selectFrom(byBill.as('onBill'))
    .select(['adjustment', 'currency', sql<string>`sum(given)::text`.as('amount')])
    .select(sql<number>`(count(*) filter (where given > 0))::integer`.as('bills'))
    .groupBy(['adjustment', 'currency'])
    .execute()
  return rows.map(({ adjustment, currency, amount, bills }) => ({
    ...{ id: adjustment as string, currency: currency as string, amountMinor: BigInt(amount), bills },
  }))
}

export async function linesOfInvoice(db: Database, invoiceId: string): Promise<InvoiceLineRow[]> {
  return (await db
    .selectFrom('invoiceLine')
    .selectAll()
    .where('invoiceId', '=', invoiceId)
    .orderBy('position')
    .execute()) as InvoiceLineRow[]
}

/** Whose lines documents have: of the account that each is sent to, and of those that it bills for. */
export async function accountsOfLines(db: Database, invoiceIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('invoiceLine').select('accountId').distinct()
  return (await query.where('invoiceId', '=', anyOf(invoiceIds)).execute()).map(({ accountId }) => accountId)
}

/** All usage lines of accounts, in the order in which they were issued. */
export async function listUsageLines(db: Database, accountIds: readonly string[]): Promise<UsageLineRow[]> {
  const query = db
    .selectFrom('invoiceLine')
    .leftJoin('invoiceLine as voiding', (on) =>
      on.onRef('voiding.creditsLineId', '=', 'invoiceLine.id').on('voiding.isUnbilled', '=', true),
    )
    .selectAll('invoiceLine')
    .select('voiding.id as voidedBy')
    .where('invoiceLine.accountId', 'in', accountIds)
  return (await query.where('invoiceLine.kind', '=', 'usage').orderBy('invoiceLine.id').execute()) as UsageLineRow[]
}

/** A line of usage with the id of the line that voids it, so that it is billed anew: for lines that follow that one it counts as never billed. */
export interface UsageLineRow extends InvoiceLineRow {
  readonly voidedBy: string | null
}

/** The line before this one of the same billable, or none. */
export async function previousLine(db: Database, line: InvoiceLineRow): Promise<InvoiceLineRow | undefined> {
  return (await db
    .selectFrom('invoiceLine')
    .selectAll()
    .where('subscriptionId', '=', line.subscriptionId)
    .where('planVersionId', '=', line.planVersionId)
    .where('priceCode', '=', line.priceCode)
    .where('cell', '=', line.cell)
    .where('adjustment', '=', line.adjustment)
    .where('periodStart', '=', line.periodStart)
    .where('kind', '<>', 'credit')
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('invoiceLine as voiding')
            .select('voiding.id')
            .whereRef('voiding.creditsLineId', '=', 'invoiceLine.id')
            .where('voiding.isUnbilled', '=', true)
            .where('voiding.id', '<', line.id),
        ),
      ),
    )
    .where('id', '<', line.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as InvoiceLineRow | undefined
}
