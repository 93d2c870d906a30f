import { sql } from 'kysely'
import { toRatingScale } from '../../core/base/money.ts'
import { readTaxedUseKey } from '../../core/charging/balances.ts'
import type { BalanceReport } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot } from '../../platform/db.ts'
import { PREPAID_SALES_JOB } from '../balances/index.ts'
import type { AuditView } from '../module.ts'

/** An account whose money moves while it is looked at is looked at again so often; then the next check looks at it. */
const LOOKS = 4

/**
 * Prepaid money that was sold with its tax: each sale has its document, or the job that issues it; each document has what was sold, and what
 * was taken back is credited; the ledger waits for what has no document alone; and lots have no more of it than was sold.
 */
export async function checkPrepaidSales(view: AuditView): Promise<CheckResult[]> {
  const { schema } = view.tenant
  const { sales, ledger, moved } = await inSnapshot(view.db, async (db) => ({
    sales: await salesOf(db, schema),
    ledger: await inLedger(db, schema),
    moved: await withTransfers(db, schema),
  }))
  const faults = sales.flatMap((sale) => faultOf(sale) ?? [])
  return [
    checkNone('prepaid money that was sold with its tax has its documents', faults, `${sales.length} sales`),
    checkLedger(ledger, sales),
    await checkLots(view, sales, moved),
  ]
}

interface SaleRow {
  readonly id: string
  readonly account: string
  readonly gross: string
  readonly net: string
  readonly tax: string
  /** Of its document and credit note; null where there is none. */
  readonly billedNet: string | null
  readonly billedTax: string | null
  readonly creditedNet: string | null
  /** What settles the document as a sale. */
  readonly settled: string
  /** Of a sale that was taken back. */
  readonly left: string | null
  readonly owedAgain: string | null
  readonly isAsked: boolean
}

async function salesOf(db: Database, schema: string): Promise<SaleRow[]> {
  const table = (name: string) => sql.id(schema, name)
  const { rows } = await sql<SaleRow>`
    with billed as (
      select i.account_id, i.purpose, sum(l.net_minor) as net, sum(l.tax_minor) as tax from ${table('invoice')} i
      join ${table('invoice_line')} l on l.invoice_id = i.id where i.purpose like 'prepaid%' group by 1, 2),
    settled as (
      select i.account_id, i.purpose, sum(a.amount_minor) as amount from ${table('invoice')} i
      join ${table('allocation')} a on a.invoice_id = i.id and a.balance_source = 'sold' group by 1, 2)
    select s.id, s.account_id as account, s.gross_minor as gross, s.net_minor as net, (s.gross_minor - s.net_minor)::text as tax,
      b.net::text as "billedNet", b.tax::text as "billedTax", (-c.net)::text as "creditedNet",
      coalesce(a.amount, 0)::text as settled, t.left_minor as left, t.owed_again_minor as "owedAgain",
      exists (select from ${table('job')} j where j.kind = ${PREPAID_SALES_JOB} and j.key = s.account_id::text
        and j.state in ('waiting', 'running', 'failed')) as "isAsked"
    from ${table('prepaid_sale')} s
    left join billed b on b.account_id = s.account_id and b.purpose = 'prepaid ' || s.id
    left join billed c on c.account_id = s.account_id and c.purpose = 'prepaid-back ' || s.id
    left join settled a on a.account_id = s.account_id and a.purpose = 'prepaid ' || s.id
    left join ${table('prepaid_taking')} t on t.sale_id = s.id
    order by s.id`.execute(db)
  return rows
}

/** What is wrong with a sale; null where nothing is, or its job is still to come. */
function faultOf({ id, gross, net, tax, ...of }: SaleRow): string | null {
  if (of.billedNet === null) return of.isAsked ? null : `sale ${id} has no document, and none is asked for`
  if (of.billedNet !== net || of.billedTax !== tax)
    return `sale ${id} is ${net} and ${tax}, its document ${of.billedNet} and ${of.billedTax}`
  if (of.left === null) return of.settled === gross ? null : `the document of sale ${id} is settled with ${of.settled}`
  if (of.settled !== '0') return of.isAsked ? null : `sale ${id} was taken back, and its document is not open`
  const credited = of.creditedNet ?? '0'
  return credited === of.left ? null : `of sale ${id} ${of.left} were taken back, and ${credited} credited`
}

async function inLedger(db: Database, schema: string): Promise<{ account: string; amount: string }[]> {
  const { rows } = await sql<{ account: string; amount: string }>`
    select account_id as account, sum(amount_minor)::text as amount from ${sql.id(schema, 'posting')}
    where ledger_account = 'unbilled:prepaid_money' group by 1`.execute(db)
  return rows
}

/** The ledger has, of each account, what its sales without a document, or without their credit, wait for. */
function checkLedger(
  ledger: readonly { readonly account: string; readonly amount: string }[],
  sales: readonly SaleRow[],
): CheckResult {
  const expected = new Map<string, bigint>()
  for (const { account, gross, net, billedNet, settled, left, creditedNet } of sales) {
    const [whole, own] = [BigInt(gross), BigInt(net)]
    const issued = billedNet === null ? 0n : BigInt(settled) - own
    const taken = left === null ? 0n : whole - BigInt(left)
    const waits = own - whole + issued + taken + BigInt(creditedNet ?? '0')
    expected.set(account, (expected.get(account) ?? 0n) + waits)
  }
  for (const { account, amount } of ledger) expected.set(account, (expected.get(account) ?? 0n) - BigInt(amount))
  const wrong = [...expected].filter(([, amount]) => amount !== 0n).map(([account, by]) => `account ${account}: ${by}`)
  return checkNone('the ledger waits for documents of prepaid money as its sales do', wrong, `${sales.length} sales`)
}

/** Accounts to which money was moved from others: they may have some of it without a sale of their own. */
async function withTransfers(db: Database, schema: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ account: string }>`
    select distinct account_id as account from ${sql.id(schema, 'balance_entry')} where kind = 'transfer_in'`.execute(
    db,
  )
  return new Set(rows.map(({ account }) => account))
}

/** What lots have, and have paid for, is no more than what was sold less what was taken back. */
async function checkLots(
  { db, engine, tenant: { name, schema }, balances, nowMs }: AuditView,
  sales: readonly SaleRow[],
  moved: ReadonlySet<string>,
): Promise<CheckResult> {
  const sold = soldOf(sales)
  const isMore = (one: Pick<BalanceReport, 'balances' | 'currency'>, by: ReadonlyMap<string, bigint>): boolean =>
    taxedMoney(one) > toRatingScale(by.get(one.balances.account) ?? 0n, one.currency)
  let wrong = balances
    .filter((one) => !moved.has(one.balances.account) && isMore(one, sold))
    .map((one) => one.balances.account)
  for (let look = 0; look < LOOKS && wrong.length > 0; look++) {
    const standings = await engine.standingOf(name, wrong, nowMs)
    const after = soldOf(await salesOf(db, schema))
    wrong = standings.filter((one) => isMore(one, after)).map((one) => one.balances.account)
  }
  return checkNone(
    'taxed lots have, and have paid for, no more than was sold',
    wrong.map((account) => `account ${account}`),
    `${sold.size} accounts`,
  )
}

function soldOf(sales: readonly SaleRow[]): ReadonlyMap<string, bigint> {
  const sold = new Map<string, bigint>()
  for (const { account, net, left } of sales)
    sold.set(account, (sold.get(account) ?? 0n) + BigInt(net) - BigInt(left ?? '0'))
  return sold
}

/** Of such money what lots of an account have, and have paid for; at the rating scale. Commits are for one subscription each. */
function taxedMoney({ balances: { lots, taxedUse } }: Pick<BalanceReport, 'balances'>): bigint {
  const left = lots.filter((lot) => lot.isTaxed === true && !lot.origin.startsWith('commit:'))
  const used = [...(taxedUse ?? [])].filter(([key]) => readTaxedUseKey(key).subscription === '')
  return [...left.map(({ remaining }) => remaining), ...used.map(([, amount]) => amount)].reduce((a, b) => a + b, 0n)
}
