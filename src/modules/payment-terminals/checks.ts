import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/**
 * Invariants of payments at terminals: each that was paid is a payment or a top-up of the same account and amount, one that was cancelled was taken back, and
 * there is no other money of terminals. What of one is due to be paid back was not cancelled. One that is under way has not been looked at yet.
 */
export async function checkTerminals(db: Database, schema: string): Promise<CheckResult[]> {
  const table = (name: string) => sql.id(schema, name)
  const { rows } = await sql<{
    name: string
    txn: string
    state: string
    found: string | null
    taken: string
    amount: string
    own: boolean | null
  }>`
    select g.name, t.txn_id as txn, t.state, t.amount_minor::text as amount,
      coalesce(p.amount_minor, u.amount_minor)::text as found,
      (coalesce(r.amount, v.amount, 0) - coalesce(f.amount, 0))::text as taken,
      coalesce(p.account_id, u.account_id) = t.account_id as own
    from ${table('terminal_transaction')} t
    join ${table('payment_gateway')} g on g.id = t.gateway_id
    left join ${table('payment')} p on t.kind = 'payment' and p.key = 'terminal:' || g.name || ':' || t.txn_id and p.method = 'gateway:' || g.name
    left join ${table('top_up')} u on t.kind = 'top_up' and u.key = 'terminal:' || g.name || ':' || t.txn_id and u.method = 'gateway:' || g.name
    left join (select payment_id, sum(amount_minor) as amount from ${table('payment_reversal')} group by 1) r on r.payment_id = p.id
    left join (select payment_id, sum(amount_minor) as amount from ${table('refund')} where payment_id is not null group by 1) f on f.payment_id = p.id
    left join (select w.top_up_id, sum(o.amount_minor) as amount from ${table('top_up_reversal')} w
      join ${table('top_up')} o on o.id = w.top_up_id group by 1) v on v.top_up_id = u.id
    where t.state in ('paid', 'refused', 'cancelled') and t.kind is not null`.execute(db)
  const wrong = rows.filter(({ state, found, taken, amount, own }) => {
    if (found === null) return state === 'paid'
    if (own !== true || found !== amount || state === 'refused') return true
    return taken !== (state === 'cancelled' ? amount : '0')
  })
  const { rows: others } = await sql<{ key: string }>`
    select m.key from (select key from ${table('payment')} where key like 'terminal:%' and method like 'gateway:%'
      union all select key from ${table('top_up')} where key like 'terminal:%' and method like 'gateway:%') m
    where not exists (select from ${table('terminal_transaction')} t join ${table('payment_gateway')} g on g.id = t.gateway_id
      where m.key = 'terminal:' || g.name || ':' || t.txn_id and t.kind is not null)`.execute(db)
  return [
    checkNone(
      'each payment at a terminal is a payment or a top-up once, and one that was cancelled is none',
      [
        ...wrong.map(({ name, txn, state }) => `${name} ${txn}: ${state}`),
        ...others.map(({ key }) => `${key}: no terminal has told of it`),
      ],
      `${rows.length} payments`,
    ),
  ]
}
