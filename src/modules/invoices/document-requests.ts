import { sql } from 'kysely'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { noteChanges } from '../../platform/changed-rows.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { CreditMoney, Invoice } from './store.ts'

/** A note that somebody asked for, and the document that it is about. */
export interface DocumentRequest {
  /** Of the note. */
  readonly invoiceId: string
  readonly correctsId: string
  readonly accountId: string
  /** Of the caller: the same key again gives the same answer. */
  readonly key: string
  readonly content: unknown
  readonly kind: 'credit' | 'void' | 'debit'
  readonly reasonCode: string
  readonly money: CreditMoney | null
  readonly refundMinor: string
  readonly rebill: boolean
  readonly requestedBy: string
  readonly createdAt: Date
}

export async function insertRequest(db: Database, request: DocumentRequest): Promise<void> {
  await db
    .insertInto('documentRequest')
    .values({ ...request, content: JSON.stringify(request.content) })
    .execute()
}

export async function findRequest(db: Database, key: string): Promise<DocumentRequest | undefined> {
  const query = db.selectFrom('documentRequest').selectAll().where('key', '=', key)
  return (await query.executeTakeFirst()) as DocumentRequest | undefined
}

/** Notes on a document that somebody asked for, the oldest first. */
export async function requestsAbout(
  db: Database,
  correctsId: string,
): Promise<(DocumentRequest & { readonly number: string; readonly totalMinor: string })[]> {
  const query = db
    .selectFrom('documentRequest')
    .innerJoin('invoice', 'invoice.id', 'documentRequest.invoiceId')
    .selectAll('documentRequest')
    .select([sql<string>`document ->> 'number'`.as('number'), 'invoice.totalMinor'])
    .where('correctsId', '=', correctsId)
  return (await query.orderBy('documentRequest.invoiceId').execute()) as unknown as Awaited<
    ReturnType<typeof requestsAbout>
  >
}

/** Lines of a document, and of the credit note that voids it, count as never billed. */
export async function markUnbilled(db: Database, invoiceIds: readonly string[]): Promise<void> {
  await db.updateTable('invoiceLine').set({ isUnbilled: true }).where('invoiceId', '=', anyOf(invoiceIds)).execute()
  await noteChanges(db, UNBILLED, invoiceIds)
}

/** The purpose of a document that bills anew what a credit note voids. */
export function purposeAfter(purpose: string, noteId: string): string {
  return `${purpose}-after-${noteId}`
}

/** Documents that bill anew, at once, what the note of a request voids. */
export async function rebilledAfter(
  db: Database,
  { accountId, invoiceId, kind }: Pick<DocumentRequest, 'accountId' | 'invoiceId' | 'kind'>,
): Promise<Pick<Invoice, 'id' | 'document' | 'totalMinor'>[]> {
  if (kind !== 'void') return []
  const query = db.selectFrom('invoice').selectAll().where('accountId', '=', accountId)
  return (await query.where('purpose', 'like', purposeAfter('%', invoiceId)).orderBy('id').execute()) as Invoice[]
}

/** As the module of proofs calls them. */
const UNBILLED = 'lines that count as never billed'

/** The code of the meter that a line's price counts; of a fee a name of its own. */
export type MeterOf = (line: { readonly planVersionId: string | null; readonly priceCode: string }) => string

/** What all lines of a billable add up to, with credits on request and without. */
interface Charge {
  readonly subscriptionId: string | null
  readonly planVersionId: string | null
  readonly priceCode: string
  readonly periodStart: string
  readonly amount: string
  readonly billed: string
}

/** Credits on request are of lines of the document that they are about, and never of more than these have; and voids say what they void. */
export async function checkRequests(db: Database, schema: string, meterOf: MeterOf): Promise<CheckResult[]> {
  const { rows: odd } = await sql<{ number: string }>`
    select i.document ->> 'number' as number
    from ${sql.id(schema, 'invoice_line')} c
    join ${sql.id(schema, 'invoice')} i on i.id = c.invoice_id
    left join ${sql.id(schema, 'invoice_line')} o on o.id = c.credits_line_id
    left join ${sql.id(schema, 'document_request')} r on r.invoice_id = c.invoice_id
    where c.kind = 'credit' and (o.id is null or r.invoice_id is null or o.invoice_id <> r.corrects_id
      or (o.subscription_id, o.plan_version_id, o.price_code, o.cell, o.adjustment, o.period_start) is distinct from
        (c.subscription_id, c.plan_version_id, c.price_code, c.cell, c.adjustment, c.period_start))`.execute(db)
  const { rows: beyond } = await sql<{ number: string }>`
    select i.document ->> 'number' as number
    from ${sql.id(schema, 'invoice_line')} o
    join ${sql.id(schema, 'invoice')} i on i.id = o.invoice_id
    join (select credits_line_id, -sum(amount_minor) as amount from ${sql.id(schema, 'invoice_line')} where kind = 'credit' group by 1) c
      on c.credits_line_id = o.id
    where abs(c.amount) > abs(o.amount_minor) or c.amount * o.amount_minor < 0`.execute(db)
  const { rows: charges } = await sql<Charge>`
    select subscription_id as "subscriptionId", plan_version_id as "planVersionId", price_code as "priceCode", period_start as "periodStart",
      sum(amount_minor) as amount, coalesce(sum(amount_minor) filter (where kind <> 'credit'), 0) as billed
    from ${sql.id(schema, 'invoice_line')} l
    where not is_unbilled and exists (
      select from ${sql.id(schema, 'invoice_line')} c
      where c.account_id = l.account_id and c.period_start = l.period_start and c.kind = 'credit' and not c.is_unbilled)
    group by subscription_id, plan_version_id, price_code, cell, period_start`.execute(db)
  const nameOf = (one: Charge): string => [one.subscriptionId, meterOf(one), one.periodStart].join('\n')
  // Usage that a re-rating has moved to another price is one charge with what was given up of it: what counts the same meter is added.
  const together = Map.groupBy(charges, nameOf)
  const below = charges.filter((one) => {
    if (BigInt(one.amount) >= 0n || BigInt(one.billed) < 0n) return false
    return sumOf((together.get(nameOf(one)) ?? []).map(({ amount }) => BigInt(amount))) < 0n
  })
  const { rows: voids } = await sql<{ number: string }>`
    select i.document ->> 'number' as number
    from ${sql.id(schema, 'invoice')} i
    left join ${sql.id(schema, 'document_request')} r on (r.invoice_id = i.id or r.corrects_id = i.id) and r.kind = 'void'
    left join ${sql.id(schema, 'invoice_line')} l on l.invoice_id = i.id
    group by i.id
    having bool_or(coalesce(l.is_unbilled, false)) <> bool_or(coalesce(r.rebill, false))
      or bool_or(coalesce(l.is_unbilled, false)) <> bool_and(coalesce(l.is_unbilled, false))`.execute(db)
  return [
    checkNone(
      'credits on request are of lines of their document, and of no more than these have',
      [...odd, ...beyond].map(({ number }) => number),
    ),
    checkNone(
      'no charge is credited below zero',
      below.map((one) => `${one.priceCode} of ${one.subscriptionId} from ${one.periodStart}`),
    ),
    checkNone(
      'what is billed anew was voided',
      voids.map(({ number }) => number),
    ),
  ]
}
