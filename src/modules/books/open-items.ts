import { sql } from 'kysely'
import { dayOf } from '../../core/base/period.ts'
import type { OpenItem } from '../../core/books/ageing.ts'
import { type Database, schemaOf } from '../../platform/db.ts'
import type { Books } from './store.ts'

/**
 * What accounts of an issuer owed by their documents at an instant, and what of credit notes had settled nothing yet and is not to be paid back;
 * the due first.
 * @param accountId of one alone
 */
export async function openItems(
  db: Database,
  { issuerId, zone }: Pick<Books, 'issuerId' | 'zone'>,
  beforeMs: number,
  accountId: string | null = null,
): Promise<OpenItem[]> {
  const schema = schemaOf(db)
  const until = new Date(beforeMs).toISOString()
  const ofAccount = accountId === null ? '' : `and i.account_id = '${accountId}'`
  const { rows } = await sql<Row>`${sql.raw(`
    select i.id as "documentId", i.account_id as "accountId", i.document ->> 'number' as number, i.kind, i.currency, i.issued_at as "issuedAt",
      i.due_on as "dueOn", i.total_minor::text as total,
      (i.total_minor - coalesce((select sum(l.amount_minor) from "${schema}".allocation l where l.invoice_id = i.id and l.allocated_at < '${until}'), 0)
        + coalesce((select sum(l.amount_minor) from "${schema}".allocation l where l.credit_note_id = i.id and l.allocated_at < '${until}'), 0)
        + coalesce((select sum(r.amount_minor) from "${schema}".refund r where r.credit_note_id = i.id and r.created_at < '${until}'), 0))::text as open
      , least(i.total_minor, coalesce((select sum(d.amount_minor) from "${schema}".dispute d where d.invoice_id = i.id
          and d.opened_at < '${until}' and (d.decided_at is null or d.decided_at >= '${until}')), 0))::text as disputed
    from "${schema}".invoice i where i.issuer_id = '${issuerId}' and i.issued_at < '${until}' ${ofAccount}
    order by i.due_on, i.id`)}`.execute(db)
  return rows
    .filter(({ open }) => open !== '0')
    .map(({ issuedAt, total, open, disputed, ...row }) => ({
      ...row,
      issuedOn: dayOf(issuedAt.getTime(), zone),
      totalMinor: BigInt(total),
      openMinor: BigInt(open),
      disputedMinor: BigInt(disputed) < BigInt(open) ? BigInt(disputed) : BigInt(open) > 0n ? BigInt(open) : 0n,
    }))
}

type Row = Omit<OpenItem, 'issuedOn' | 'totalMinor' | 'openMinor' | 'disputedMinor'> & {
  readonly issuedAt: Date
  readonly total: string
  readonly open: string
  readonly disputed: string
}
