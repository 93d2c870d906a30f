import { sql } from 'kysely'
import { type Database, schemaOf } from '../../platform/db.ts'

export interface OwedInAll {
  readonly currency: string
  readonly openMinor: string
  readonly overdueMinor: string
  readonly openDocuments: number
  readonly overdueDocuments: number
}

/** What all accounts owe of issued documents, by currency. It adds up all documents: nobody waits for it who charges. @param today overdue is what was due before */
export async function owedInAll(db: Database, today: string): Promise<OwedInAll[]> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows } = await sql<OwedInAll>`
    with settled as (
      select invoice_id, sum(amount_minor) as minor from ${table('allocation')} group by invoice_id
    ), owed as (
      select invoice.currency, invoice.due_on, invoice.total_minor - coalesce(settled.minor, 0) as minor
      from ${table('invoice')} as invoice left join settled on settled.invoice_id = invoice.id
      where invoice.kind <> 'credit_note' and coalesce(settled.minor, 0) < invoice.total_minor
    )
    select currency, sum(minor)::text as "openMinor", count(*)::integer as "openDocuments",
      coalesce(sum(minor) filter (where due_on < ${today}::date), 0)::text as "overdueMinor",
      (count(*) filter (where due_on < ${today}::date))::integer as "overdueDocuments"
    from owed group by currency order by currency`.execute(db)
  return rows
}
