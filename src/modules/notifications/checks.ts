import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Invariants of notices: none is told twice, and none says more than what a channel said. */
export async function checkNotices(db: Database, schema: string): Promise<CheckResult[]> {
  const table = (name: string) => sql.id(schema, name)
  const { rows: silent } = await sql<{ id: string }>`
    select n.id from ${table('notice')} n where n.state = 'planned'
    and not exists (select from ${table('notice_send')} s where s.notice_id = n.id)`.execute(db)
  const { rows: twice } = await sql<{ id: string }>`
    select a.send_id as id from ${table('notice_attempt')} a where a.outcome = 'accepted'
    group by 1 having count(*) > 1`.execute(db)
  const { rows: unsaid } = await sql<{ id: string }>`
    select s.id from ${table('notice_send')} s where s.state in ('sent', 'delivered') and not exists (
      select from ${table('notice_attempt')} a where a.send_id = s.id and a.outcome = 'accepted')`.execute(db)
  const { rows: gaps } = await sql<{ id: string }>`
    select send_id as id from ${table('notice_attempt')} group by 1 having max(number) <> count(*) or min(number) <> 1`.execute(
    db,
  )
  return [
    checkNone(
      'every notice that is planned has messages',
      silent.map(({ id }) => `notice ${id}`),
    ),
    checkNone(
      'every message that was sent was accepted in one attempt, and attempts are numbered without a gap',
      [...twice, ...unsaid, ...gaps].map(({ id }) => `message ${id}`),
    ),
  ]
}
