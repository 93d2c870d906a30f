import { sql } from 'kysely'
import { toRatingScale } from '../../core/base/money.ts'
import type { BalanceReport } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/**
 * Invariants of balances. Paid money that came in is in lots, has paid for charges of the account and of members that it
 * sponsors (of which documents settled a part), or is gone for a reason that the ledger knows: so the ledger's prepaid
 * money of an account is its payments' rest, its lots, and what was consumed but not settled yet.
 */
export async function checkBalances(db: Database, reports: readonly BalanceReport[]): Promise<CheckResult[]> {
  const below: string[] = []
  const money = new Map<string, bigint>()
  const currencies = new Map<string, string>()
  for (const report of reports) {
    const { balances, creditLimit, currency } = report
    const { account, lots, owed, overrun, creditHeld, consumed } = balances
    if (lots.some(({ remaining, held }) => remaining < 0n || held < 0n || held > remaining))
      below.push(`${account}: a lot`)
    if (creditLimit !== null && owed + creditHeld > creditLimit + overrun) below.push(`${account}: the credit limit`)
    const paid = lots.filter(({ unit, source }) => unit === null && source === 'paid')
    add(money, account, paid.reduce((sum, { remaining }) => sum + remaining, 0n) + consumed.paid)
    for (const [sponsor, used] of balances.sponsoredBy) add(money, sponsor, used.paid)
    currencies.set(account, currency)
  }
  const settled = await db
    .selectFrom('allocation')
    .select([PAYER.as('accountId'), sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('balanceSource', '=', 'paid')
    .groupBy(PAYER)
    .execute()
  const settledBy = new Map(settled.map((row) => [row['accountId'] as string, BigInt(row.amount)]))
  const ledger = await db
    .selectFrom('posting')
    .select(['accountId', sql<string>`(-sum(amount_minor))::text`.as('amount')])
    .where('ledgerAccount', '=', 'customer_prepaid')
    .groupBy('accountId')
    .execute()
  const inLedger = new Map(ledger.map((row) => [row['accountId'] as string, BigInt(row.amount)]))
  const payments = await leftOfPayments(db)
  const differing = [...money].flatMap(([account, held]) => {
    const currency = currencies.get(account) as string
    const minor = (inLedger.get(account) ?? 0n) - (payments.get(account) ?? 0n) + (settledBy.get(account) ?? 0n)
    return toRatingScale(minor, currency) === held
      ? []
      : [`account ${account}: ${held} in balances, ${toRatingScale(minor, currency)} in the ledger`]
  })
  return [
    checkNone(
      'no lot is below zero, nothing is held that is not there, no credit beyond its limit',
      below,
      `${money.size} accounts`,
    ),
    checkNone('prepaid money in the ledger is what lots and payments have', differing, `${money.size} accounts`),
  ]
}

/** Whose money an allocation of a balance is. */
const PAYER = sql<string>`coalesce(payer_account_id, account_id)`

function add(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

/** Money of payments that settles nothing yet, by account. */
async function leftOfPayments(db: Database): Promise<Map<string, bigint>> {
  const total = sql<string>`sum(amount_minor)::text`.as('amount')
  const paid = await db.selectFrom('payment').select(['accountId', total]).groupBy('accountId').execute()
  const used = await db
    .selectFrom('allocation')
    .select(['accountId', total])
    .where('paymentId', 'is not', null)
    .groupBy('accountId')
    .execute()
  const reversed = await db.selectFrom('paymentReversal').select(['accountId', total]).groupBy('accountId').execute()
  const left = new Map(paid.map((row) => [row['accountId'] as string, BigInt(row.amount)]))
  for (const row of [...used, ...reversed]) {
    const account = row['accountId'] as string
    left.set(account, (left.get(account) ?? 0n) - BigInt(row.amount))
  }
  return left
}
