import { currencyOf } from '../../core/base/currency.ts'
import { dayOf, periodIndexOf } from '../../core/base/period.ts'
import { rescale } from '../../core/base/rounding.ts'
import type { Plan } from '../../core/catalog/plan.ts'
import { type BillingMoment, billingMoments } from '../../core/invoicing/billing-moments.ts'
import { type InvoiceLine, toInvoiceLines } from '../../core/invoicing/invoice-lines.ts'
import { invoiceIssued } from '../../core/ledger/templates.ts'
import { chargedAmount } from '../../core/rating/compiled-price.ts'
import type { CompiledCatalog, Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type Account, getRow, listSubscriptionsOf, lockAccount, setBilledUntil } from '../customers/index.ts'
import { postEntry } from '../ledger/index.ts'
import { settleAccount } from '../payments/index.ts'
import { applyToBalances } from './apply-to-balances.ts'
import { type AccountBilling, activeDays, collectBillables, withdrawnBillables } from './billables.ts'
import { buildDocument } from './document.ts'
import * as store from './store.ts'

/** What a bill run needs for every account. */
export interface Billing {
  readonly db: Database
  readonly engine: Engine
  readonly tenant: Tenant
  readonly nowMs: number
  readonly plans: ReadonlyMap<string, Plan>
  readonly catalog: CompiledCatalog
  /** Plans and catalogue as they are now: a version may be published while a run is under way. */
  readonly reload: () => Promise<Pick<Billing, 'plans' | 'catalog'>>
}

/**
 * Bills one account up to a day, in one transaction; its balances, if it has any, hear of it afterwards.
 * @returns how many documents were issued.
 */
export async function billAccount(billing: Billing, accountId: string, until: string): Promise<number> {
  const documents = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    let documents = 0
    for (;;) {
      const issued = await billNextMoment(billing, db, accountId, until)
      if (issued === null) return documents
      documents += issued
    }
  })
  const { db, engine, tenant, nowMs } = billing
  if (await engine.hasBalances(tenant.name, accountId)) await applyToBalances(db, engine, tenant, nowMs, accountId)
  return documents
}

/** The account's row is locked, so that two runs bill a moment once. @returns null when nothing is left to do. */
async function billNextMoment(
  billing: Billing,
  db: Database,
  accountId: string,
  until: string,
): Promise<number | null> {
  const account = await lockAccount(db, accountId)
  const subscriptions = await listSubscriptionsOf(db, accountId)
  const startDays = subscriptions.map((subscription) => activeDays(account, subscription).startDay)
  const cycle = { unit: account.cycleUnit, count: account.cycleCount }
  const [moment] = billingMoments(account.cycleAnchor, cycle, startDays, account.billedUntil, until)
  if (moment === undefined) return null
  const counters = await billing.engine.countersOf(
    billing.tenant.name,
    subscriptions.map(({ id }) => id),
  )
  const isKnown = subscriptions.every(({ planVersionId }) => billing.plans.has(planVersionId))
  const { plans, catalog } = isKnown ? billing : await billing.reload()
  const facts = { account, subscriptions, counters, plans, catalog }
  const { billed, recurring } = await store.billedBefore(db, accountId)
  const due = collectBillables(facts, moment.day)
  const lines = toInvoiceLines([...due, ...withdrawnBillables(due, recurring)], billed, account.currency)
  if (lines.length > 0) await issueDocument(billing, db, facts, moment, lines)
  await setBilledUntil(db, accountId, moment.day)
  return lines.length > 0 ? 1 : 0
}

/** Late usage last, otherwise by period and in the order of the plan. */
function inReadingOrder(facts: AccountBilling, lines: readonly InvoiceLine[]): InvoiceLine[] {
  const rank = (line: InvoiceLine): number =>
    facts.plans.get(line.planVersionId)?.prices.findIndex(({ code }) => code === line.priceCode) ?? 0
  return lines.toSorted(
    (a, b) =>
      Number(a.isLate) - Number(b.isLate) ||
      periodIndexOf('1970-01-01', { unit: 'day', count: 1 }, a.shown.start) -
        periodIndexOf('1970-01-01', { unit: 'day', count: 1 }, b.shown.start) ||
      a.subscriptionId.localeCompare(b.subscriptionId) ||
      rank(a) - rank(b) ||
      a.cell.localeCompare(b.cell),
  )
}

/** @param correction where it is a note on documents before: why, and their numbers.  @returns the document's id. */
export async function issueDocument(
  billing: Billing,
  db: Database,
  facts: AccountBilling,
  moment: Pick<BillingMoment, 'day'> & { readonly purpose: string },
  unordered: readonly InvoiceLine[],
  correction: { readonly reason: string; readonly corrects: readonly string[] } | null = null,
): Promise<string> {
  const { account } = facts
  const { nowMs } = billing
  const lines = inReadingOrder(facts, unordered).map((line) => ({ ...line, id: newId() }))
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n)
  const more = correction === null ? 'invoice' : 'debit_note'
  const kind = totalMinor < 0n ? 'credit_note' : more
  const customer = await getRow(db, 'customer', account.customerId)
  const issuer = await getRow(db, 'issuer', account.issuerId)
  const series = kind === 'credit_note' ? issuer.creditNoteSeries : issuer.invoiceSeries
  const number = await store.nextNumber(db, issuer.id, series)
  const issuedOn = dayOf(nowMs, account.zone)
  const dueOn = Temporal.PlainDate.from(issuedOn).add({ days: account.termsDays }).toString()
  const document = buildDocument({
    kind,
    number: `${series}-${String(number).padStart(6, '0')}`,
    issuedOn,
    dueOn,
    account,
    customer,
    issuer,
    lines,
    totalMinor,
    correction,
    subscriptions: new Map(facts.subscriptions.map((subscription) => [subscription.id, subscription])),
    plans: facts.plans,
    prices: (line) =>
      facts.catalog.plans.get(line.planVersionId)?.prices.find(({ price }) => price.code === line.priceCode),
  })
  const id = newId()
  const invoice = {
    id,
    kind,
    series,
    number,
    issuedOn,
    dueOn,
    document,
    issuerId: issuer.id,
    accountId: account.id,
    currency: account.currency,
  } as const
  const stored = {
    ...invoice,
    billingDay: moment.day,
    purpose: moment.purpose,
    totalMinor: String(totalMinor),
    issuedAt: new Date(nowMs),
    balanceAdjustment: (await billing.engine.hasBalances(billing.tenant.name, account.id))
      ? String(balanceAdjustment(account.currency, lines, facts.catalog))
      : null,
    balanceAppliedAt: null,
  }
  await store.insertInvoice(
    db,
    stored,
    lines.map((line, index) => toRow(account, id, line, index + 1)),
  )
  await postEntry(
    db,
    'invoice_issued',
    id,
    invoiceIssued(account.id, account.currency, totalMinor, revenueOf(facts, lines)),
    nowMs,
  )
  await settleAccount(db, account.id, account.currency, await store.listAccountDocuments(db, account.id), nowMs)
  return id
}

/**
 * What a document bills beyond the charges of usage, at the rating scale: fees, and the rounding of lines. Balances are
 * moved by it, so that what they paid and what documents bill is the same to the minor unit.
 */
function balanceAdjustment(currency: string, lines: readonly InvoiceLine[], catalog: CompiledCatalog): bigint {
  const { minorDigits, ratingScale } = currencyOf(currency)
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n)
  let charged = 0n
  for (const { planVersionId, priceCode, cell: name, usage, billedBefore } of lines) {
    const price = catalog.plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
    const cell = price?.cells.find((candidate) => (candidate.name ?? '') === name)
    if (price === undefined || cell === undefined || usage === null) continue
    if (usage.records > 0) charged += chargedAmount(price, cell, usage.measures)
    if (billedBefore.records > 0) charged -= chargedAmount(price, cell, billedBefore.measures)
  }
  return rescale(totalMinor, minorDigits, ratingScale, 'half_up') - charged
}

/** Revenue is kept by product: the plan's code. */
function revenueOf(facts: AccountBilling, lines: readonly InvoiceLine[]): { product: string; amountMinor: bigint }[] {
  const byProduct = Map.groupBy(lines, (line) => facts.plans.get(line.planVersionId)?.code ?? 'unknown')
  return [...byProduct].map(([product, group]) => ({
    product,
    amountMinor: group.reduce((sum, line) => sum + line.amountMinor, 0n),
  }))
}

function toRow(
  account: Account,
  invoiceId: string,
  line: InvoiceLine & { id: string },
  position: number,
): store.InvoiceLineRow {
  const { id, kind, subscriptionId, planVersionId, priceCode, cell, period, isLate, description, usage, exactAmount } =
    line
  return {
    id,
    invoiceId,
    position,
    kind,
    accountId: account.id,
    subscriptionId,
    planVersionId,
    priceCode,
    cell,
    periodStart: period.start,
    periodEnd: period.end,
    isLate,
    description,
    exactAmount,
    measures: usage === null ? null : usage.measures.map(String),
    records: usage === null ? null : BigInt(usage.records),
    throughSeq: usage === null ? null : BigInt(usage.throughSeq),
    amountMinor: String(line.amountMinor),
  }
}
