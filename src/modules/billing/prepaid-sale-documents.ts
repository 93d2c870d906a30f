import { sql } from 'kysely'
import { type Database, schemaOf } from '../../platform/db.ts'
import { listSales, type SaleTaking, type StoredSale } from '../balances/index.ts'

/** A sale that was taken back, with how. */
export interface TakenSale {
  readonly sale: StoredSale
  readonly taking: SaleTaking
}

/**
 * What of the sales of an account has no document yet, and which of those that were taken back are still settled with what had come in; the
 * oldest first.
 */
export async function missingSaleDocuments(
  db: Database,
  accountId: string,
  limit: number,
): Promise<{ readonly sales: readonly StoredSale[]; readonly takings: readonly TakenSale[] }> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows: open } = await sql<{ id: string }>`
    select s.id from ${table('prepaid_sale')} s where s.account_id = ${accountId} and not exists (
      select from ${table('invoice')} i where i.account_id = s.account_id and i.purpose = 'prepaid ' || s.id)
    order by s.id limit ${limit}`.execute(db)
  const { rows: takings } = await sql<SaleTaking>`
    select t.sale_id as "saleId", t.account_id as "accountId", t.left_minor as "leftMinor",
      t.owed_again_minor as "owedAgainMinor", t.reason, t.reversed_by as "reversedBy", t.created_at as "createdAt"
    from ${table('prepaid_taking')} t
    join ${table('invoice')} i on i.account_id = t.account_id and i.purpose = 'prepaid ' || t.sale_id
    join ${table('allocation')} a on a.invoice_id = i.id and a.balance_source = 'sold'
    where t.account_id = ${accountId}
    group by t.sale_id having sum(a.amount_minor) > 0 order by t.sale_id limit ${limit}`.execute(db)
  const ids = [...open.map(({ id }) => id), ...takings.map(({ saleId }) => saleId)]
  const sales = new Map((await listSales(db, ids)).map((sale) => [sale.id, sale]))
  return {
    sales: open.map(({ id }) => sales.get(id) as StoredSale),
    takings: takings.map((taking) => ({ sale: sales.get(taking.saleId) as StoredSale, taking })),
  }
}
