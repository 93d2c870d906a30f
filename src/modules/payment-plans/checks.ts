import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, schemaOf } from '../../platform/db.ts'

/** Parts of instalments add up to what was open of their documents, a promise is of no more; documents are in one open plan at most. */
export async function checkPlans(db: Database): Promise<CheckResult> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows } = await sql<{ key: string }>`
    select p.key from ${table('payment_plan')} p
    left join (select plan_id, sum(amount_minor) as amount, count(*) as parts from ${table('payment_plan_part')} group by 1) a on a.plan_id = p.id
    left join (select plan_id, sum(open_minor) as open, bool_and(is_open) as all_open, bool_or(is_open) as any_open
      from ${table('payment_plan_document')} group by 1) d on d.plan_id = p.id
    where a.amount is null or d.open is null or a.amount > d.open
      or (p.kind = 'instalments' and a.amount <> d.open) or (p.kind = 'promise' and a.parts <> 1)
      or d.any_open <> (p.state = 'open') or d.all_open <> (p.state = 'open') or (p.state = 'open') <> (p.ended_at is null)`.execute(
    db,
  )
  return checkNone(
    'parts of promises and instalments are what was open of their documents',
    rows.map(({ key }) => key),
  )
}
