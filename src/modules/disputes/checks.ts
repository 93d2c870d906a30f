import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, schemaOf } from '../../platform/db.ts'

/** Disputes and their lines say the same, and what was accepted has a credit note of no more than was disputed. */
export async function checkDisputes(db: Database): Promise<CheckResult> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows } = await sql<{ key: string }>`
    select d.key from ${table('dispute')} d
    left join ${table('dispute_line')} l on l.dispute_id = d.id
    left join ${table('invoice')} n on n.id = d.credit_note_id
    left join ${table('document_request')} r on r.invoice_id = d.credit_note_id
    group by d.id, n.id, r.invoice_id
    having count(l.position) = 0 or bool_or(l.is_open <> (d.status = 'open')) or (d.status = 'accepted') <> (n.id is not null)
      or (n.id is not null and (-n.total_minor > d.amount_minor or r.corrects_id is distinct from d.invoice_id))`.execute(
    db,
  )
  return checkNone(
    'what of a dispute was accepted was credited, and no more than was disputed',
    rows.map(({ key }) => key),
  )
}
