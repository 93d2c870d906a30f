import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot } from '../../platform/db.ts'

/**
 * Invariants of payments: nothing settles more than it has, and the ledger holds the rest. Prepaid money of
 * accounts with balances is checked along with those.
 */
export async function checkPayments(root: Database, withBalances: ReadonlySet<string>): Promise<CheckResult[]> {
  return inSnapshot(root, async (db) => checkAtOnce(db, withBalances))
}

async function checkAtOnce(db: Database, withBalances: ReadonlySet<string>): Promise<CheckResult[]> {
  const payments = await db
    .selectFrom('payment')
    .leftJoin('allocation', 'allocation.paymentId', 'payment.id')
    .leftJoin(
      db
        .selectFrom('paymentReversal')
        .select(['paymentId', sql<string>`sum(amount_minor)`.as('takenMinor')])
        .groupBy('paymentId')
        .as('taken'),
      'taken.paymentId',
      'payment.id',
    )
    .select([
      'payment.key',
      'payment.accountId',
      sql<string>`(payment.amount_minor - coalesce(taken.taken_minor, 0))::text`.as('amountMinor'),
      sql<string>`coalesce(sum(allocation.amount_minor), 0)::text`.as('used'),
    ])
    .groupBy(['payment.id', 'payment.key', 'payment.accountId', 'payment.amountMinor', 'taken.takenMinor'])
    .execute()
  const overspent = payments.filter((row) => BigInt(row.used) > BigInt(row['amountMinor'] as string))
  const left = new Map<string, bigint>()
  for (const row of payments) {
    const accountId = row['accountId'] as string
    left.set(accountId, (left.get(accountId) ?? 0n) + BigInt(row['amountMinor'] as string) - BigInt(row.used))
  }
  const ledger = await db
    .selectFrom('posting')
    .select(['accountId', sql<string>`(-sum(amount_minor))::text`.as('amount')])
    .where('ledgerAccount', '=', 'customer_prepaid')
    .groupBy('accountId')
    .execute()
  const differing = ledger.filter((row) => {
    const account = row['accountId'] as string
    return !withBalances.has(account) && BigInt(row.amount) !== (left.get(account) ?? 0n)
  })
  return [
    checkNone(
      'no payment settles more than is left of it, one that was reversed nothing',
      overspent.map((row) => String(row['key'])),
      `${payments.length} payments`,
    ),
    checkNone(
      'prepaid in the ledger is what payments have left',
      differing.map((row) => String(row['accountId'])),
      `${ledger.length} accounts`,
    ),
  ]
}
