import { sql } from 'kysely'
import { toRatingScale } from '../../core/base/money.ts'
import { owedByBooks } from '../../core/charging/owed.ts'
import type { AccountStanding, EngineReads } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { lastUsageLines, pendingBilledFor } from '../invoices/index.ts'
import { chargesBilled } from './charges-billed.ts'
import { takenMinor } from './daily-fee-store.ts'
import { refundTotals } from './refund-store.ts'

/** Accounts that are looked at together. */
const PAGE = 500
/** Accounts move while they are checked: those that differ are looked at again. */
const LOOKS = 4

/**
 * What an account owes is one number (policy 15): balances say what documents, charges that no document bills, and
 * payments come to, exactly, whatever came first.
 * @param all accounts with balances
 */
export async function checkOwed(
  engine: EngineReads,
  { db, tenant: { name: tenant }, nowMs }: ReadContext,
  all: readonly string[],
): Promise<CheckResult> {
  let differing = new Map(all.map((id) => [id, '']))
  for (let look = 0; look < LOOKS && differing.size > 0; look++) {
    const ids = [...differing.keys()]
    const sponsors = await sponsoredCredit(engine, tenant, all, nowMs)
    differing = new Map()
    for (let at = 0; at < ids.length; at += PAGE)
      for (const one of await compare(engine, db, tenant, ids.slice(at, at + PAGE), sponsors, nowMs))
        differing.set(one.account, one.detail)
  }
  return checkNone(
    'balances owe what documents, unbilled charges and payments come to',
    [...differing].map(([account, detail]) => `account ${account}: ${detail}`),
    `${all.length} accounts`,
  )
}

/** What members used of each sponsor’s credit. */
async function sponsoredCredit(
  engine: EngineReads,
  tenant: string,
  ids: readonly string[],
  nowMs: number,
): Promise<Map<string, bigint>> {
  const credit = new Map<string, bigint>()
  for (let at = 0; at < ids.length; at += PAGE)
    for (const { balances } of await engine.standingOf(tenant, ids.slice(at, at + PAGE), nowMs))
      for (const [sponsor, used] of balances.sponsoredBy) credit.set(sponsor, (credit.get(sponsor) ?? 0n) + used.credit)
  return credit
}

async function compare(
  engine: EngineReads,
  db: Database,
  tenant: string,
  ids: readonly string[],
  sponsors: ReadonlyMap<string, bigint>,
  nowMs: number,
): Promise<{ account: string; detail: string }[]> {
  const standings = await engine.standingOf(tenant, ids, nowMs)
  const documents = await documentTotals(db, ids)
  const billedFor = await pendingBilledFor(db, ids)
  const payments = await paymentTotals(db, ids)
  const lines = Map.groupBy(await lastUsageLines(db, ids), ({ accountId }) => accountId)
  const daily = await takenMinor(db, ids)
  const refunds = await refundTotals(db, ids)
  const sold = await soldTotals(db, ids)
  const billedToSponsors = await sponsoredLines(db, ids)
  const catalog = await engine.catalog(tenant)
  return standings.flatMap(({ balances, currency, charges }: AccountStanding) => {
    const { account, owed, openedMs } = balances
    // What was billed and paid before is not part of balances that nobody has used.
    if (openedMs === null) return []
    const rating = (minor: bigint | undefined): bigint => toRatingScale(minor ?? 0n, currency)
    const [document, payment] = [documents.get(account), payments.get(account)]
    const expected = owedByBooks(balances, {
      charges: charges + rating(daily.get(account)),
      billedCharges: chargesBilled(lines.get(account) ?? [], catalog),
      documents: rating(document?.totalMinor) - (document?.pending ?? 0n) - (billedFor.get(account) ?? 0n),
      payments: rating(payment) - rating(refunds.get(account)) + rating(sold.get(account)),
      sponsored: (sponsors.get(account) ?? 0n) - rating(billedToSponsors.get(account)),
    })
    return expected === owed ? [] : [{ account, detail: `owes ${owed}, its books say ${expected}` }]
  })
}

/** Totals of documents, and what balances have not been notified of yet of them. */
async function documentTotals(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, { totalMinor: bigint; pending: bigint }>> {
  const rows = await db
    .selectFrom('invoice')
    .select([
      'accountId',
      sql<string>`sum(total_minor)::text`.as('total'),
      sql<string>`coalesce(sum(balance_adjustment) filter (where balance_applied_at is null), 0)::text`.as('pending'),
    ])
    .where('accountId', '=', anyOf(ids))
    .groupBy('accountId')
    .execute()
  return new Map(
    rows.map((row) => [row['accountId'] as string, { totalMinor: BigInt(row.total), pending: BigInt(row.pending) }]),
  )
}

/** What payments brought, less those that were reversed, as far as balances were notified of both. */
async function paymentTotals(db: Database, ids: readonly string[]): Promise<Map<string, bigint>> {
  const totals = new Map<string, bigint>()
  for (const [table, sign] of [
    ['payment', 1n],
    ['paymentReversal', -1n],
  ] as const) {
    const rows = await db
      .selectFrom(table)
      .select(['accountId', sql<string>`sum(amount_minor)::text`.as('amount')])
      .where('accountId', '=', anyOf(ids))
      .where('balanceAppliedAt', 'is not', null)
      .groupBy('accountId')
      .execute()
    for (const row of rows) {
      const account = row['accountId'] as string
      totals.set(account, (totals.get(account) ?? 0n) + sign * BigInt(row.amount))
    }
  }
  return totals
}

/**
 * What came in for documents that sell prepaid money, less what is owed again of those that were taken back, as far as the documents are
 * issued: balances have only what can be drawn down.
 */
async function soldTotals(db: Database, ids: readonly string[]): Promise<Map<string, bigint>> {
  const totals = new Map<string, bigint>()
  const add = (rows: readonly { readonly account: string; readonly amount: string }[], sign: bigint): void => {
    for (const { account, amount } of rows) totals.set(account, (totals.get(account) ?? 0n) + sign * BigInt(amount))
  }
  // No other document is for what begins so (`core/billing/prepaid-sale.ts`).
  const documents = db
    .selectFrom('invoice')
    .select(['accountId as account', sql<string>`sum(total_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(ids))
    .where('purpose', 'like', 'prepaid%')
    .groupBy('accountId')
  const takings = db
    .selectFrom('prepaidTaking')
    .select(['accountId as account', sql<string>`sum(owed_again_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(ids))
    .groupBy('accountId')
  add(await documents.execute(), 1n)
  add(await takings.execute(), -1n)
  return totals
}

async function sponsoredLines(db: Database, ids: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('invoiceLine')
    .select(['accountId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(ids))
    .where('kind', '=', 'sponsored')
    .where('isUnbilled', '=', false)
    .groupBy('accountId')
    .execute()
  return new Map(rows.map((row) => [row['accountId'] as string, BigInt(row.amount)]))
}

function anyOf(ids: readonly string[]): ReturnType<typeof sql<string>> {
  return sql<string>`any(${ids}::uuid[])`
}
