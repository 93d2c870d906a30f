import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Invariants of what settles documents. */
export async function checkAllocations(db: Database, schema: string): Promise<CheckResult[]> {
  const overpaid = await db
    .selectFrom('allocation')
    .innerJoin('invoice', 'invoice.id', 'allocation.invoiceId')
    .select(['invoice.number'])
    .groupBy('invoice.id')
    .having(sql<boolean>`sum(allocation.amount_minor) > invoice.total_minor`)
    .execute()
  return [
    checkNone(
      'no invoice is settled beyond its total',
      overpaid.map((row) => String(row['number'])),
    ),
    ...(await checkNotes(db, schema)),
    await checkSponsored(db),
  ]
}

/** Credit notes settle and pay back no more than they have, and what is to be paid back is in the ledger until it was sent. */
async function checkNotes(db: Database, schema: string): Promise<CheckResult[]> {
  const { rows: overspent } = await sql<{ number: string }>`
    select i.document ->> 'number' as number
    from ${sql.id(schema, 'invoice')} i
    left join (select credit_note_id, sum(amount_minor) as amount from ${sql.id(schema, 'allocation')} group by 1) a on a.credit_note_id = i.id
    left join (select credit_note_id, sum(amount_minor) as amount from ${sql.id(schema, 'refund')} group by 1) f on f.credit_note_id = i.id
    left join ${sql.id(schema, 'document_request')} r on r.invoice_id = i.id
    where i.kind = 'credit_note' and (coalesce(a.amount, 0) + coalesce(f.amount, 0) > -i.total_minor
      or coalesce(f.amount, 0) <> coalesce(r.refund_minor, 0))`.execute(db)
  const { rows: unlike } = await sql<{ account: string }>`
    select coalesce(f.account_id, p.account_id) as account
    from (select account_id, sum(amount_minor) as amount from ${sql.id(schema, 'refund')} where sent_at is null group by 1) f
    full join (select account_id, -sum(amount_minor) as amount from ${sql.id(schema, 'posting')} where ledger_account = 'refunds' group by 1) p
      on p.account_id = f.account_id
    where coalesce(f.amount, 0) <> coalesce(p.amount, 0)`.execute(db)
  return [
    checkNone(
      'credit notes settle and pay back no more than they have',
      overspent.map(({ number }) => number),
    ),
    checkNone(
      'what is to be paid back is in the ledger',
      unlike.map(({ account }) => `account ${account}`),
    ),
  ]
}

/** What the credit of sponsors has settled of their members' documents was billed to them, or is in the ledger. */
async function checkSponsored(db: Database): Promise<CheckResult> {
  const settled = await db
    .selectFrom('allocation')
    .select(['payerAccountId as id', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('balanceSource', '=', 'credit')
    .groupBy('payerAccountId')
    .execute()
  const open = new Map<string, bigint>()
  const add = (rows: readonly Record<string, unknown>[], sign: bigint): void => {
    for (const { id, amount } of rows)
      open.set(String(id), (open.get(String(id)) ?? 0n) + sign * BigInt(String(amount)))
  }
  const billed = await db
    .selectFrom('invoiceLine')
    .select(['accountId as id', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('kind', '=', 'sponsored')
    .where('isUnbilled', '=', false)
    .groupBy('accountId')
    .execute()
  const posted = await db
    .selectFrom('posting')
    .select(['accountId as id', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('ledgerAccount', '=', 'sponsored')
    .groupBy('accountId')
    .execute()
  add(settled, 1n)
  add(billed, -1n)
  add(posted, -1n)
  const wrong = [...open].filter(([, amount]) => amount !== 0n).map(([account]) => `account ${account}`)
  return checkNone('what sponsors owe for members is billed or in the ledger', wrong, `${open.size} sponsors`)
}
