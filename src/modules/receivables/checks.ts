import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Invariants of what settles documents. */
export async function checkAllocations(db: Database): Promise<CheckResult[]> {
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
    await checkSponsored(db),
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
