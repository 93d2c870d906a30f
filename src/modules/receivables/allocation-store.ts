import { type Insertable, type SelectQueryBuilder, sql } from 'kysely'
import type { SponsoredDay } from '../../core/invoicing/sponsored-usage.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import type { Tables } from '../../platform/tables.ts'
import { disputedOf } from '../disputes/index.ts'
import type { Invoice } from '../invoices/index.ts'
import { WRITE_OFF } from '../payments/index.ts'

const ALLOCATION_COLUMNS = {
  id: 'uuid',
  accountId: 'uuid',
  invoiceId: 'uuid',
  amountMinor: 'numeric',
  allocatedAt: 'timestamptz',
  paymentId: 'uuid',
  creditNoteId: 'uuid',
  balanceSource: 'text',
  payerAccountId: 'uuid',
} as const

/** The rows of allocations, to be written in the transaction of what they settle. */
export function allocationRows(rows: readonly Insertable<Tables['allocation']>[]): NewRows {
  return { table: 'allocation', columns: ALLOCATION_COLUMNS, rows }
}

/** Names a balance that settles documents: its source, and the sponsor whose it is. */
export function balanceName(source: string, payerId: string | null): string {
  return `${source} ${payerId ?? ''}`
}

/** Allocated money of one account, in minor units: what each document was settled with, and what each source has settled. */
export interface Allocated {
  readonly documents: Map<string, bigint>
  /** By the id of a payment or credit note, or by `balanceName`. */
  readonly sources: Map<string, bigint>
}

export async function allocatedOf(db: Database, accountId: string): Promise<Allocated> {
  return (await allocatedOfAll(db, [accountId])).get(accountId) as Allocated
}

/** The same of several accounts, by their ids. */
export async function allocatedOfAll(db: Database, accountIds: readonly string[]): Promise<Map<string, Allocated>> {
  const columns = ['accountId', 'invoiceId', 'paymentId', 'creditNoteId', 'balanceSource', 'payerAccountId'] as const
  const rows = await db
    .selectFrom('allocation')
    .select([...columns, sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(accountIds))
    .groupBy(columns)
    .execute()
  const found = new Map(accountIds.map((id) => [id, { documents: new Map(), sources: new Map() } as Allocated]))
  for (const { accountId, invoiceId, paymentId, creditNoteId, balanceSource, payerAccountId, amount } of rows) {
    const { documents, sources } = found.get(accountId) as Allocated
    addTo(documents, invoiceId, BigInt(amount))
    addTo(sources, paymentId ?? creditNoteId ?? balanceName(balanceSource ?? '', payerAccountId), BigInt(amount))
  }
  return found
}

export function addTo(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

/** What an account’s own paid money of balances has settled, in minor units. */
export async function settledByOwnBalance(db: Database, accountId: string): Promise<bigint> {
  return (await allocatedOf(db, accountId)).sources.get(balanceName('paid', null)) ?? 0n
}

/** What the credit of sponsors has settled of documents of their members, by member and billing day. */
export async function sponsoredDays(
  db: Database,
  sponsorIds: readonly string[],
): Promise<(SponsoredDay & { readonly sponsorId: string })[]> {
  const rows = await db
    .selectFrom('allocation')
    .innerJoin('invoice', 'invoice.id', 'allocation.invoiceId')
    .innerJoin('account', 'account.id', 'allocation.accountId')
    .select([
      'allocation.payerAccountId as sponsorId',
      'account.id as memberId',
      'account.key as memberKey',
      'invoice.billingDay as day',
      sql<string>`sum(allocation.amount_minor)::text`.as('amount'),
    ])
    .where('allocation.payerAccountId', '=', anyOf(sponsorIds))
    .where('allocation.balanceSource', '=', 'credit')
    .groupBy(['allocation.payerAccountId', 'account.id', 'account.key', 'invoice.billingDay'])
    .orderBy('account.key')
    .orderBy('invoice.billingDay')
    .execute()
  return rows.map(({ amount, sponsorId, ...row }) => {
    return { ...row, sponsorId: sponsorId as string, amountMinor: BigInt(amount) }
  })
}

/** How much of a document of a member its sponsor pays, in minor units. */
interface SponsoredDocument {
  readonly memberId: string
  readonly invoiceId: string
  readonly amountMinor: bigint
}

/**
 * The documents of members that a sponsor's document bills: those that its credit had settled when it was issued, and that no document of
 * it before had billed. What a document before billed and was given up by a void is billed anew.
 */
export async function sponsoredDocuments(
  db: Database,
  { id, accountId, billingDay, issuedAt }: Pick<Invoice, 'id' | 'accountId' | 'billingDay' | 'issuedAt'>,
  limit: number,
): Promise<SponsoredDocument[]> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows } = await sql<{ memberId: string; invoiceId: string; amount: string }>`
    select a.account_id as "memberId", m.id as "invoiceId", sum(a.amount_minor)::text as amount
    from ${table('invoice_line')} l
    join ${table('allocation')} a on a.account_id::text = l.cell
    join ${table('invoice')} m on m.id = a.invoice_id
    where l.invoice_id = ${id} and l.kind = 'sponsored'
      and a.payer_account_id = ${accountId} and a.balance_source = 'credit'
      and a.allocated_at <= ${issuedAt} and m.billing_day <= ${billingDay}
      and not exists (
        select from ${table('invoice_line')} p
        join ${table('invoice')} i on i.id = p.invoice_id
        where p.account_id = ${accountId} and p.kind = 'sponsored' and p.cell = l.cell and p.id < l.id
          and a.allocated_at <= i.issued_at and m.billing_day <= i.billing_day
          and not exists (
            select from ${table('invoice_line')} v
            where v.credits_line_id = p.id and v.is_unbilled and v.id < l.id))
    group by a.account_id, m.id
    having sum(a.amount_minor) <> 0
    order by m.id
    limit ${limit}`.execute(db)
  return rows.map(({ amount, ...row }) => ({ ...row, amountMinor: BigInt(amount) }))
}

/** Whether money of balances, the account's own or a sponsor's, has ever settled documents of an account. */
export async function hasSettledByBalances(db: Database, accountId: string): Promise<boolean> {
  const query = db.selectFrom('allocation').select('id').where('accountId', '=', accountId)
  // What was sold settles its own document alone, whatever charges consume.
  return (await query.where('balanceSource', '<>', 'sold').limit(1).execute()).length > 0
}

/** Where money of an allocation is from: one of the first three, and the sponsor whose balance it is. */
export interface AllocationSource {
  readonly paymentId: string | null
  readonly creditNoteId: string | null
  readonly balanceSource: 'paid' | 'bonus' | 'credit' | 'sold' | null
  readonly payerAccountId: string | null
}

/** What a document is settled with, by where it is from. */
export async function sourcesOf(
  db: Database,
  invoiceId: string,
): Promise<(AllocationSource & { readonly amountMinor: bigint })[]> {
  const columns = ['paymentId', 'creditNoteId', 'balanceSource', 'payerAccountId'] as const
  const rows = await db
    .selectFrom('allocation')
    .select([...columns, sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('invoiceId', '=', invoiceId)
    .groupBy(columns)
    .having(sql<boolean>`sum(amount_minor) > 0`)
    .execute()
  return rows.map(({ amount, ...row }) => ({ ...(row as AllocationSource), amountMinor: BigInt(amount) }))
}

/** What was written off of a document and not taken back: it settles the document, and is no money that came in. */
export interface WriteOff {
  readonly invoiceId: string
  readonly paymentId: string
  readonly key: string
  readonly amountMinor: bigint
  readonly reason: string
}

/** Those of some accounts of whose documents something is, or was, written off. */
export async function accountsWithWriteOffs(db: Database, accountIds: readonly string[]): Promise<Set<string>> {
  const query = db.selectFrom('payment').select('accountId').distinct().where('method', '=', WRITE_OFF)
  return new Set((await query.where('accountId', '=', anyOf(accountIds)).execute()).map(({ accountId }) => accountId))
}

/** What is written off of the documents of an account, or of one of them; the earliest first. */
export async function writtenOffOf(
  db: Database,
  of: { readonly accountId: string } | { readonly invoiceId: string },
): Promise<WriteOff[]> {
  const named =
    'invoiceId' in of
      ? (['allocation.invoiceId', of.invoiceId] as const)
      : (['allocation.accountId', of.accountId] as const)
  const rows = await db
    .selectFrom('payment')
    .innerJoin('allocation', 'allocation.paymentId', 'payment.id')
    .select(['payment.id as paymentId', 'payment.key', 'payment.reference', 'allocation.invoiceId'])
    .select(sql<string>`sum(allocation.amount_minor)::text`.as('amount'))
    .where('payment.method', '=', WRITE_OFF)
    .where(named[0], '=', named[1])
    .groupBy(['payment.id', 'allocation.invoiceId'])
    .having(sql<boolean>`sum(allocation.amount_minor) > 0`)
    .orderBy('payment.id')
    .execute()
  return rows.map(({ amount, reference, ...row }) => ({ ...row, reason: reference ?? '', amountMinor: BigInt(amount) }))
}

/** Of lines of documents, those whose document is settled whole and not disputed. not counting what was written off. @param ids of the lines */
export async function linesThatArePaid(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const [allocation, payment] = ['allocation', 'payment'].map((table) => sql.id(schemaOf(db), table))
  const settled = sql<string>`coalesce((select sum(a.amount_minor) from ${allocation} a left join ${payment} p on p.id = a.payment_id
    where a.invoice_id = invoice.id and p.method is distinct from ${WRITE_OFF}), 0)`
  const rows = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select(['invoiceLine.id', 'invoice.id as invoiceId', 'invoice.accountId'])
    .where('invoiceLine.id', '=', anyOf(ids))
    .where('invoice.totalMinor', '<=', settled)
    .execute()
  const disputed = await disputedOf(db, [...new Set(rows.map(({ accountId }) => accountId))])
  return new Set(rows.flatMap(({ id, invoiceId }) => ((disputed.get(invoiceId) ?? 0n) > 0n ? [] : [id])))
}

/** What is settled with money of a source and not taken back: by invoice, the latest first. */
export async function effectiveAllocations(
  db: Database,
  by:
    | { readonly paymentId: string }
    | { readonly accountId: string; readonly balanceSource: string; readonly payerAccountId: string | null },
): Promise<{ invoiceId: string; amountMinor: bigint }[]> {
  let query = db
    .selectFrom('allocation')
    .select(['invoiceId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .groupBy('invoiceId')
    .having(sql<boolean>`sum(amount_minor) > 0`)
    .orderBy(sql`max(id::text)`, 'desc')
  query =
    'paymentId' in by
      ? query.where('paymentId', '=', by.paymentId)
      : query
          .where('accountId', '=', by.accountId)
          .where('balanceSource', '=', by.balanceSource)
          .where('payerAccountId', 'is not distinct from', by.payerAccountId)
  const rows = await query.execute()
  return rows.map((row) => ({ invoiceId: row['invoiceId'] as string, amountMinor: BigInt(row.amount) }))
}

/** What a payment has settled: by invoice, the latest first. */
export async function settledByPayment(
  db: Database,
  paymentId: string,
): Promise<{ invoiceId: string; amountMinor: bigint }[]> {
  return effectiveAllocations(db, { paymentId })
}

/** Whether a payment has ever settled anything of a document, also where that was taken back. */
export async function hasSettled(db: Database, paymentId: string, invoiceId: string): Promise<boolean> {
  const query = db.selectFrom('allocation').select('id').where('paymentId', '=', paymentId)
  return (await query.where('invoiceId', '=', invoiceId).limit(1).executeTakeFirst()) !== undefined
}

/** Asks for those of some accounts with documents that their balances have not settled, or that money may settle yet. */
export function selectWithOpenDocuments(
  db: Database,
  accountIds: readonly string[],
): SelectQueryBuilder<Tables, 'invoice', { accountId: string }> {
  return db
    .selectFrom('invoice')
    .select('accountId')
    .where('accountId', '=', anyOf(accountIds))
    .where((eb) =>
      eb.or([
        eb.and([eb('balanceAdjustment', 'is not', null), eb('balanceSettledAt', 'is', null)]),
        eb(
          'totalMinor',
          '>',
          eb.fn.coalesce(
            eb
              .selectFrom('allocation')
              .select((of) => of.fn.sum<string>('allocation.amountMinor').as('settled'))
              .whereRef('allocation.invoiceId', '=', 'invoice.id'),
            sql<string>`0`,
          ),
        ),
      ]),
    )
}
