import { sql } from 'kysely'
import { present } from '../../core/base/assert.ts'
import { toRatingScale } from '../../core/base/money.ts'
import type { BalanceReport } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { inSnapshot } from '../../platform/db.ts'
import type { AuditView } from '../module.ts'

/** An account whose money moves while it is looked at is looked at again so often; then the next check looks at it. */
const LOOKS = 4

/**
 * Invariants of balances. Paid money that came in is in lots, has paid for charges of the account and of members that it
 * sponsors (of which documents settled a part), or is gone for a reason that the ledger knows: so the ledger's prepaid
 * money of an account is its payments' rest, its lots, and what was consumed but not settled yet.
 */
export async function checkBalances(view: AuditView): Promise<CheckResult[]> {
  const { balances: reports } = view
  const below: string[] = []
  for (const { balances, creditLimit } of reports) {
    const { account, lots, owed, overrun, creditHeld } = balances
    if (lots.some(({ remaining, held }) => remaining < 0n || held < 0n || held > remaining))
      below.push(`${account}: a lot`)
    if (creditLimit !== null && owed + creditHeld > creditLimit + overrun) below.push(`${account}: the credit limit`)
  }
  const inLedger = await prepaidInLedger(view)
  const money = moneyOf(reports)
  const differing: string[] = []
  for (const { balances, currency } of reports) {
    const { account } = balances
    if (money.get(account) === toRatingScale(inLedger.get(account) ?? 0n, currency)) continue
    const members = reports.filter(({ balances: { sponsoredBy } }) => sponsoredBy.has(account))
    const difference = await lookAgain(view, account, [account, ...members.map((member) => member.balances.account)])
    if (difference !== null) differing.push(difference)
  }
  return [
    checkNone(
      'no lot is below zero, nothing is held that is not there, no credit beyond its limit',
      below,
      `${money.size} accounts`,
    ),
    checkNone('prepaid money in the ledger is what lots and payments have', differing, `${money.size} accounts`),
  ]
}

/**
 * Money may have come in between balances and ledger: an account differs where its balances, read between two looks at the ledger
 * that say the same, have something else. @param accounts itself, and those that it sponsors
 * @returns what differs; null where nothing does, or where its money has moved each time
 */
async function lookAgain(view: AuditView, account: string, accounts: readonly string[]): Promise<string | null> {
  const { engine, tenant, nowMs } = view
  for (let look = 0; look < LOOKS; look++) {
    const before = (await prepaidInLedger(view, account)).get(account)
    const standings = await engine.standingOf(tenant.name, accounts, nowMs)
    const after = (await prepaidInLedger(view, account)).get(account)
    if (before !== after) continue
    const own = present(
      standings.find(({ balances }) => balances.account === account),
      'the account',
    )
    const [held, minor] = [moneyOf(standings).get(account) ?? 0n, toRatingScale(after ?? 0n, own.currency)]
    return held === minor ? null : `account ${account}: ${held} in balances, ${minor} in the ledger`
  }
  return null
}

/** Paid money of accounts: in lots, or consumed by themselves and those that they sponsor; at the rating scale. */
function moneyOf(reports: readonly Pick<BalanceReport, 'balances'>[]): Map<string, bigint> {
  const money = new Map<string, bigint>()
  for (const { balances } of reports) {
    const { account, lots, consumed, sponsoredBy } = balances
    const paid = lots.filter(({ unit, source }) => unit === null && source === 'paid')
    add(money, account, paid.reduce((sum, { remaining }) => sum + remaining, 0n) + consumed.paid)
    for (const [sponsor, used] of sponsoredBy) add(money, sponsor, used.paid)
  }
  return money
}

/** The ledger's prepaid money of accounts, less what payments have left and with what documents settled; in minor units. */
async function prepaidInLedger(
  { db: root, tenant: { schema } }: Pick<AuditView, 'db' | 'tenant'>,
  account: string | null = null,
): Promise<Map<string, bigint>> {
  return inSnapshot(root, async (db) => {
    const sums = new Map<string, bigint>()
    const sum = async (table: string, of: ReturnType<typeof sql>, sign: bigint, where: string): Promise<void> => {
      const { rows } = await sql<{ account: string; amount: string }>`
        select ${of} as account, sum(amount_minor)::text as amount from ${sql.id(schema, table)}
        where ${sql.raw(where)} and (${account}::uuid is null or ${of} = ${account}::uuid) group by 1`.execute(db)
      for (const { account: id, amount } of rows) add(sums, id, sign * BigInt(amount))
    }
    const own = sql`account_id`
    await sum('posting', own, -1n, `ledger_account = 'customer_prepaid'`)
    await sum('allocation', sql`coalesce(payer_account_id, account_id)`, 1n, `balance_source = 'paid'`)
    await sum('payment', own, -1n, 'true')
    await sum('allocation', own, 1n, 'payment_id is not null')
    await sum('payment_reversal', own, 1n, 'true')
    return sums
  })
}

function add(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}
