import { sql } from 'kysely'
import { currencyOf } from '../../core/base/currency.ts'
import { addExact, type Exact, exact, roundExact } from '../../core/base/exact.ts'
import type { LineKind } from '../../core/invoicing/invoice-lines.ts'
import { wrongProduct } from '../../core/invoicing/line-arithmetic.ts'
import { groupNameOf } from '../../core/invoicing/line-groups.ts'
import { exactAmount } from '../../core/rating/charged-amount.ts'
import { type CompiledPlans, compiledPriceOf } from '../../core/rating/compiled-plans.ts'
import { elementOfKey } from '../../core/rating/compiled-price.ts'
import type { EngineReads } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'
import { checkReferences } from './check-references.ts'
import { checkTaxes } from './check-taxes.ts'
import { checkRequests, type MeterOf } from './document-requests.ts'
import type { Invoice, InvoiceLineRow } from './store.ts'

/** Invariants of documents, from stored rows and the plan versions that they name. */
export async function checkInvoices(
  engine: EngineReads,
  db: Database,
  tenantName: string,
  schema: string,
): Promise<CheckResult[]> {
  const totals = await db
    .selectFrom('invoice')
    .innerJoin('invoiceLine', 'invoiceLine.invoiceId', 'invoice.id')
    .select([
      'invoice.id',
      'invoice.series',
      'invoice.number',
      'invoice.totalMinor',
      sql<string>`sum(coalesce(invoice_line.net_minor + invoice_line.tax_minor, invoice_line.amount_minor))::text`.as(
        'lines',
      ),
    ])
    .groupBy('invoice.id')
    .execute()
  const gaps = await db
    .selectFrom('documentSeries')
    .leftJoin('invoice', (join) =>
      join
        .onRef('invoice.issuerId', '=', 'documentSeries.issuerId')
        .onRef('invoice.series', '=', 'documentSeries.series'),
    )
    .select([
      'documentSeries.series',
      sql<string>`count(*) filter (where invoice.number between 1 and document_series.last_number)`.as('count'),
      sql<string>`count(invoice.id)`.as('documents'),
      'documentSeries.lastNumber',
    ])
    .groupBy(['documentSeries.issuerId', 'documentSeries.series', 'documentSeries.lastNumber'])
    .execute()
  const ledger = await db
    .selectFrom('invoice')
    .leftJoin('posting', (join) =>
      join.onRef('posting.documentId', '=', 'invoice.id').on('posting.ledgerAccount', '=', 'receivable'),
    )
    .select([
      'invoice.series',
      'invoice.number',
      'invoice.totalMinor',
      sql<string>`coalesce(sum(posting.amount_minor), 0)::text`.as('posted'),
    ])
    .groupBy('invoice.id')
    .execute()
  const { plans } = await engine.catalog(tenantName)
  const meterOf: MeterOf = ({ planVersionId, priceCode }) =>
    (planVersionId === null ? undefined : compiledPriceOf(plans, { planVersionId, priceCode }))?.meter.code ??
    `fee ${priceCode}`
  const name = (row: Record<string, unknown>): string => `${row['series']}-${row['number']}`
  return [
    checkNone(
      'invoice total = sum of its lines',
      totals.filter((row) => BigInt(row['totalMinor'] as string) !== BigInt(row.lines)).map(name),
      `${totals.length} documents`,
    ),
    checkNone(
      'invoice numbers without gap or repeat',
      gaps
        .filter((row) => [row.count, row.documents].some((count) => String(count) !== String(row['lastNumber'])))
        .map((row) => String(row['series'])),
      `${gaps.length} series`,
    ),
    checkNone(
      'every document is in the ledger',
      ledger.filter((row) => BigInt(row.posted) !== BigInt(row['totalMinor'] as string)).map(name),
      `${ledger.length} documents`,
    ),
    await checkReferences(db, schema),
    await checkBilledPrices(db, plans, meterOf),
    ...(await checkTaxes(db)),
    await checkLowered(db),
    await checkProducts(db),
    ...(await checkRequests(db, schema, meterOf)),
  ]
}

/** Documents that are read at a time. */
const DOCUMENTS = 500
/** What these take is a share of several lines. */
const SHARED: ReadonlySet<LineKind> = new Set(['cap', 'discount'])

/** What is printed is what is multiplied and added. Earlier documents do not have the parts of a line. */
async function checkProducts(db: Database): Promise<CheckResult> {
  const wrong: string[] = []
  let compared = 0
  for (let after: string | undefined; ; ) {
    const query = db.selectFrom('invoice').select(['id', 'document', 'currency']).orderBy('id').limit(DOCUMENTS)
    const read = after === undefined ? query : query.where('id', '>', after)
    const page = (await read.execute()) as Pick<Invoice, 'id' | 'document' | 'currency'>[]
    for (const { document, currency } of page)
      for (const line of document.lines) {
        if (line.parts === undefined || SHARED.has(line.kind)) continue
        compared++
        const why = wrongProduct(line, currencyOf(currency).minorDigits)
        if (why !== null) wrong.push(`${document.number} line ${line.position}: ${why}`)
      }
    if (page.length < DOCUMENTS) break
    after = page.at(-1)?.id
  }
  return checkNone('every line multiplies out', wrong, `${compared} lines`)
}

/** Caps and discounts take no more than there is. */
async function checkLowered(db: Database): Promise<CheckResult> {
  const rows = await db
    .selectFrom('invoiceLine')
    .select(['subscriptionId', 'priceCode', 'periodStart'])
    .where('isUnbilled', '=', false)
    .where('kind', '<>', 'credit')
    .groupBy(['subscriptionId', 'planVersionId', 'priceCode', 'cell', 'periodStart'])
    .having(sql<boolean>`bool_or(adjustment <> '')`)
    .having(sql<boolean>`sum(amount_minor) < 0`)
    .having(sql<boolean>`sum(amount_minor) filter (where adjustment = '') >= 0`)
    .execute()
  const broken = rows.map((row) => `${row['priceCode']} of ${row['subscriptionId']} from ${row['periodStart']}`)
  return checkNone('no charge is lowered below zero by caps and discounts', broken)
}

/**
 * The lines of a counter add up to the price of the usage that they bill, rounded once; or to what was given up of it on request, where
 * that is more (`core/billing/conceded.ts`).
 */
async function checkBilledPrices(db: Database, plans: CompiledPlans, meterOf: MeterOf): Promise<CheckResult> {
  const held = await heldTargets(db, meterOf)
  const own = db
    .selectFrom('invoiceLine')
    .selectAll()
    .where('adjustment', '=', '')
    .where('kind', '<>', 'credit')
    .where('isUnbilled', '=', false)
  const rows = (await own.orderBy('id').execute()) as InvoiceLineRow[]
  const counters = Map.groupBy(rows, (row) =>
    [row.subscriptionId, row.planVersionId, row.priceCode, row.cell, row.periodStart].join('\n'),
  )
  const wrong: string[] = []
  const groups = new Map<string, { last: string; digits: number; whole: Exact; billed: bigint }>()
  for (const [key, lines] of counters) {
    // A fee without usage that was withdrawn is credited by a line without measures.
    const last = lines.findLast(({ measures }) => measures !== null)
    if (last === undefined) counters.delete(key)
    if (last === undefined || lines.at(-1) !== last) continue
    const price = plans.get(last.planVersionId)?.prices.find(({ price: { code } }) => code === last.priceCode)
    const cell = price === undefined ? undefined : elementOfKey(price, last.cell)
    if (price === undefined || cell === undefined) {
      wrong.push(`line ${last.id} has no price`)
      continue
    }
    if (held.has(key)) continue
    // The charges of one line are rounded as one.
    const { subscriptionId, planVersionId, priceCode, periodStart } = last
    const group = groupNameOf(price.price, last.cell)
    const name = [subscriptionId, planVersionId, priceCode, periodStart, group?.name ?? last.cell].join('\n')
    const whole = exactAmount(price, cell, (last.measures ?? []).map(BigInt))
    const billed = lines.reduce((sum, line) => sum + BigInt(line.amountMinor), 0n)
    const { minorDigits: digits } = currencyOf(price.currency)
    const known = groups.get(name) ?? { last: last.id, digits, whole: exact(0n), billed: 0n }
    const sums = { whole: addExact(known.whole, whole), billed: known.billed + billed }
    groups.set(name, { ...known, ...sums })
  }
  for (const { last, digits, whole, billed } of groups.values()) {
    const rounded = roundExact(whole, digits)
    if (rounded !== billed) wrong.push(`line ${last}: billed ${billed}, the price is ${rounded}`)
  }
  return checkNone('billed = price(total) for every usage line', wrong, `${counters.size} counters billed`)
}

/**
 * Charges, by the names of their counters, that were billed for what was given up of them, since their price is less: together with what
 * lowers them. Usage that a re-rating has moved from such a charge to another price is billed for nothing more.
 */
async function heldTargets(db: Database, meterOf: MeterOf): Promise<Set<string>> {
  const columns = ['subscriptionId', 'planVersionId', 'priceCode', 'cell', 'periodStart'] as const
  const rows = await db
    .selectFrom('invoiceLine')
    .where('isUnbilled', '=', false)
    .select(columns)
    .select(sql<boolean>`coalesce(sum(amount_minor) filter (where kind = 'credit'), 0) < 0`.as('isGivenUp'))
    .groupBy(columns)
    .having(sql<boolean>`sum(amount_minor) = 0`)
    .execute()
  const nothing = rows.map((row) => ({ ...row, pool: [row.subscriptionId, meterOf(row), row.periodStart].join('\n') }))
  const givenUp = new Set(nothing.filter(({ isGivenUp }) => isGivenUp).map(({ pool }) => pool))
  const held = nothing.filter(({ isGivenUp, pool }) => isGivenUp || givenUp.has(pool))
  return new Set(held.map((row) => columns.map((column) => row[column]).join('\n')))
}
