import { sql } from 'kysely'
import type { LateCharge, LateSegment } from '../../core/ledger/late-charges.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

/** A charge as it is kept. */
export interface LateChargeRow {
  readonly id: string
  readonly accountId: string
  /** The document that was late. */
  readonly invoiceId: string
  readonly kind: LateCharge['kind']
  readonly currency: string
  readonly fromOn: string
  readonly untilOn: string
  readonly amountMinor: string
  readonly yearDays: number
  readonly capPercent: string | null
  readonly segments: readonly StoredSegment[]
  readonly text: string
  readonly oneOffId: string
  readonly position: number
  readonly chargedAt: Date
}

type StoredSegment = Omit<LateSegment, 'minor'> & { readonly minor: string }

export const RETURN_KINDS = ['waived', 'credited'] as const

export interface LateReturn {
  readonly id: string
  readonly chargeId: string
  readonly accountId: string
  readonly kind: (typeof RETURN_KINDS)[number]
  readonly amountMinor: string
  readonly reason: string
  readonly creditNoteId: string | null
  readonly madeBy: string
  readonly madeAt: Date
}

/** As the arithmetic of late charges has it. */
export function toCharge({ kind, fromOn, untilOn, amountMinor, segments }: LateChargeRow): LateCharge {
  const exact = segments.map((one) => ({ ...one, minor: BigInt(one.minor) }))
  return { kind, from: fromOn, until: untilOn, minor: BigInt(amountMinor), segments: exact, isCapped: false }
}

export async function insertCharges(db: Database, rows: readonly LateChargeRow[]): Promise<void> {
  const values = rows.map((row) => ({ ...row, segments: JSON.stringify(row.segments) }))
  await db.insertInto('lateCharge').values(values).execute()
}

/** @throws Refusal `not_found` */
export async function getCharge(db: Database, id: string): Promise<LateChargeRow> {
  const found = await db.selectFrom('lateCharge').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`late charge ${id}`, '/v1/late-charges', 'late-charge list')
  return found as unknown as LateChargeRow
}

/** Charges of an account, the earliest first. */
export async function chargesOf(db: Database, accountId: string): Promise<LateChargeRow[]> {
  const query = db.selectFrom('lateCharge').selectAll().where('accountId', '=', accountId)
  return (await query.orderBy('chargedAt').orderBy('id').execute()) as unknown as LateChargeRow[]
}

export async function returnsOf(db: Database, chargeIds: readonly string[]): Promise<LateReturn[]> {
  const query = db.selectFrom('lateChargeReturn').selectAll().where('chargeId', '=', anyOf(chargeIds))
  return (await query.orderBy('madeAt').orderBy('id').execute()) as LateReturn[]
}

export async function insertReturn(db: Database, row: LateReturn): Promise<void> {
  await db.insertInto('lateChargeReturn').values(row).execute()
}

/** Until which day documents of an account are charged. */
export async function standingsOf(db: Database, accountId: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('lateChargeStanding').selectAll().where('accountId', '=', accountId).execute()
  return new Map(rows.map(({ invoiceId, chargedUntil }) => [invoiceId, chargedUntil]))
}

/** Days of a document are charged until another day. The account's row is locked; a day is never taken back. */
export async function moveStanding(
  db: Database,
  row: { readonly invoiceId: string; readonly accountId: string; readonly chargedUntil: string },
): Promise<void> {
  await db
    .insertInto('lateChargeStanding')
    .values(row)
    .onConflict((on) =>
      on
        .column('invoiceId')
        .doUpdateSet({ chargedUntil: row.chargedUntil })
        .where('lateChargeStanding.chargedUntil', '<', row.chargedUntil),
    )
    .execute()
}

/**
 * Accounts on which something may be to be charged or given back: with documents whose day is over and which are open, or were settled
 * since they were last charged; and with charges on documents that somebody has credited. In the order of their ids.
 * @param lastDay the latest day that may have ended anywhere
 */
export async function accountsToLookAt(
  db: Database,
  { from, lastDay, after, limit }: { from: string; lastDay: string; after: string | null; limit: number },
): Promise<string[]> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows } = await sql<{ id: string }>`
    select a.id from ${table('account')} a
    where (${after}::uuid is null or a.id > ${after}::uuid) and (
      exists (
        select from ${table('invoice')} i
        left join ${table('late_charge_standing')} s on s.invoice_id = i.id
        where i.account_id = a.id and i.kind <> 'credit_note' and i.due_on < ${lastDay}::date and i.total_minor > 0
          and (i.total_minor > coalesce((select sum(x.amount_minor) from ${table('allocation')} x where x.invoice_id = i.id), 0)
            or exists (select from ${table('allocation')} x where x.invoice_id = i.id
              and x.allocated_at >= coalesce(s.charged_until, ${from}::date) - interval '2 days')))
      or exists (
        select from ${table('late_charge')} c join ${table('document_request')} r on r.corrects_id = c.invoice_id
        where c.account_id = a.id))
    order by a.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
