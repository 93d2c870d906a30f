import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/**
 * Invariants of payments through gateways. What a gateway holds is what it captured, less what it refunded, what is disputed or was lost, its fees
 * of disputes, and what it paid out; that is what its clearing account in the ledger says. What a network of terminals holds is what it told of and
 * did not cancel, less what it paid out.
 */
export async function checkGateways(db: Database, schema: string): Promise<CheckResult[]> {
  const table = (name: string) => sql.id(schema, name)
  const { rows: clearing } = await sql<{ name: string; currency: string; ledger: string; books: string }>`
    with moved as (
      select g.name, a.currency, a.captured_minor - a.refunded_minor as amount
        from ${table('payment_attempt')} a join ${table('payment_gateway')} g on g.id = a.gateway_id where a.kind = 'charge'
      union all select g.name, a.currency, -a.amount_minor
        from ${table('payment_attempt')} a join ${table('payment_gateway')} g on g.id = a.gateway_id
        where a.kind = 'refund' and a.state = 'succeeded'
      union all select g.name, d.currency, -d.fee_minor - case when d.state = 'won' then 0 else d.amount_minor end
        from ${table('payment_dispute')} d join ${table('payment_attempt')} a on a.id = d.attempt_id
        join ${table('payment_gateway')} g on g.id = a.gateway_id
      union all select g.name, p.currency, -p.gross_minor
        from ${table('gateway_payout')} p join ${table('payment_gateway')} g on g.id = p.gateway_id
      union all select g.name, t.currency, t.amount_minor
        from ${table('terminal_transaction')} t join ${table('payment_gateway')} g on g.id = t.gateway_id
        where t.kind = 'payment' and t.state = 'paid'
      union all select substr(u.method, 9), u.currency, u.amount_minor * (1 - (r.id is not null)::int)
        from ${table('top_up')} u left join ${table('top_up_reversal')} r on r.top_up_id = u.id where u.method like 'gateway:%'
    ), books as (select name, currency, sum(amount) as amount from moved group by 1, 2),
    ledger as (
      select substr(ledger_account, 14) as name, currency, sum(amount_minor) as amount
      from ${table('posting')} where ledger_account like 'cash:gateway:%' group by 1, 2
    )
    select coalesce(b.name, l.name) as name, coalesce(b.currency, l.currency) as currency,
      coalesce(l.amount, 0)::text as ledger, coalesce(b.amount, 0)::text as books
    from books b full join ledger l on l.name = b.name and l.currency = b.currency`.execute(db)
  const { rows: unpaid } = await sql<{ key: string }>`
    with paid as (
      select split_part(key, ':', 2) as attempt, sum(amount_minor) as amount
      from ${table('payment')} where method like 'gateway:%' and key like 'gateway:%' group by 1
    )
    select a.key from ${table('payment_attempt')} a left join paid p on p.attempt = a.id::text
    where a.kind = 'charge' and ((a.state = 'succeeded') <> (a.payment_id is not null) or a.captured_minor <> coalesce(p.amount, 0))`.execute(
    db,
  )
  const { rows: postings } = await sql<{ key: string }>`
    select p.key from ${table('payment')} p
    left join ${table('posting')} e on e.document_id = p.id and e.ledger_account = 'cash:' || p.method and e.template = 'payment_received'
    where p.method like 'gateway:%'
    group by p.id having count(e.id) <> 1 or sum(e.amount_minor) <> p.amount_minor`.execute(db)
  const { rows: refunds } = await sql<{ key: string }>`
    select a.key from ${table('payment_attempt')} a join ${table('refund')} r on r.id = a.refund_id
    where (a.state = 'succeeded' and r.sent_at is null) or (a.state in ('created', 'pending', 'unknown') and r.attempt_id is distinct from a.id)`.execute(
    db,
  )
  return [
    checkNone(
      'clearing accounts of gateways = captured − refunded − disputed − paid out',
      clearing
        .filter(({ ledger, books }) => ledger !== books)
        .map(
          ({ name, currency, ledger, books }) =>
            `${name}: ${ledger} ${currency} in the ledger, ${books} by its payments`,
        ),
      `${clearing.length} accounts`,
    ),
    checkNone(
      'what gateways have captured is in payments, once',
      unpaid.map(({ key }) => key),
    ),
    checkNone(
      'each payment through a gateway is in the ledger once',
      postings.map(({ key }) => key),
    ),
    checkNone(
      'refunds that gateways have sent were sent, and those that they send are sent by nobody else',
      refunds.map(({ key }) => key),
    ),
  ]
}
