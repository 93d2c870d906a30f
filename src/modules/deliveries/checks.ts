import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Invariants of deliveries: none is stuck, and none says more than what a peer said. */
export async function checkDeliveries(db: Database, schema: string): Promise<CheckResult[]> {
  const table = (name: string) => sql.id(schema, name)
  const { rows: stuck } = await sql<{ id: string }>`
    select d.id from ${table('delivery')} d
    where d.state in ('queued', 'sending') and not exists (
      select from ${table('job')} j where j.kind = 'delivery' and j.key = d.id::text and j.state in ('waiting', 'running')
    )`.execute(db)
  const { rows: unsaid } = await sql<{ id: string }>`
    select d.id from ${table('delivery')} d
    where d.state in ('sent', 'delivered') and not exists (
      select from ${table('delivery_attempt')} a
      where a.delivery_id = d.id and a.round = d.round and a.outcome in ('sent', 'delivered')
    )`.execute(db)
  const { rows: gaps } = await sql<{ id: string }>`
    select delivery_id as id from ${table('delivery_attempt')}
    group by 1 having max(number) <> count(*) or min(number) <> 1`.execute(db)
  return [
    checkNone(
      'every document that is to be sent has a job that will',
      stuck.map(({ id }) => `delivery ${id}`),
    ),
    checkNone(
      'every document that was sent was taken in an attempt, and attempts are numbered without a gap',
      [...unsaid, ...gaps].map(({ id }) => `delivery ${id}`),
    ),
  ]
}
