import { toRatingScale } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { BillingMoment } from '../../core/invoicing/billing-moments.ts'
import { buildDocument, type InvoiceDocument } from '../../core/invoicing/document.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import { invoiceIssued } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { documentIssued, type InvoiceLineRow, insertInvoice, nextNumber } from '../invoices/index.ts'
import { postEntry } from '../ledger/index.ts'
import { type Account, getRow, lockAccount, setBilledUntil } from '../parties/index.ts'
import { applyToBalances, chargesIn, isOpened, settle, sponsoredIn, sponsoredUsage } from '../receivables/index.ts'
import { type AccountFacts, type Billing, linesAt, momentsOf, readFacts } from './account-lines.ts'
import { billedBefore } from './billed-before.ts'
import type { AccountBilling } from './billing-facts.ts'

/**
 * Bills one account up to a day, in one transaction; its balances, if it has any, hear of it afterwards.
 * @param onIssued hears in the transaction how many documents it issues, if any.
 */
export async function billAccount(
  billing: Billing,
  accountId: string,
  until: string,
  onIssued: (db: Database, documents: number) => Promise<void>,
): Promise<void> {
  await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    let documents = 0
    for (;;) {
      const issued = await billNextMoment(billing, db, accountId, until)
      if (issued === null) break
      documents += issued
    }
    if (documents > 0) await onIssued(db, documents)
  })
  const { db, engine, tenant, nowMs } = billing
  if (await engine.hasBalances(tenant.name, accountId)) await applyToBalances(db, engine, tenant, nowMs, accountId)
}

/** The account's row is locked, so that two runs bill a moment once. @returns null when nothing is left to do. */
async function billNextMoment(
  billing: Billing,
  db: Database,
  accountId: string,
  until: string,
): Promise<number | null> {
  const account = await lockAccount(db, accountId)
  const known = await readFacts(billing, db, account, until)
  const [moment] = momentsOf(known, until)
  if (moment === undefined) return null
  const facts = { ...known, sponsored: await sponsoredUsage(db, accountId, moment.day) }
  const lines = linesAt(facts, await billedBefore(db, accountId), moment.day)
  const documents = documentsAt(moment, lines)
  for (const one of documents) await issueDocument(billing, db, facts, one, one.lines)
  await setBilledUntil(db, accountId, moment.day)
  return documents.length
}

interface PlannedDocument {
  readonly day: string
  readonly purpose: string
  readonly lines: readonly InvoiceLine[]
}

/** The documents of a moment: what is bought to be drawn down has one of its own, which balances do not settle. */
export function documentsAt({ day, purpose }: BillingMoment, lines: readonly InvoiceLine[]): PlannedDocument[] {
  const [bought, charged] = [true, false].map((isBought) =>
    lines.filter(({ kind }) => (kind === 'commit') === isBought),
  )
  return [
    { day, purpose: 'commit', lines: bought ?? [] },
    { day, purpose, lines: charged ?? [] },
  ].filter((planned) => planned.lines.length > 0)
}

/**
 * Issues a document of lines in the order given, with its postings and settlements. The account's row is locked.
 * @param correction where it is a note on documents before: why, and their numbers.
 * @returns the document's id.
 */
export async function issueDocument(
  billing: Billing,
  db: Database,
  facts: AccountFacts,
  moment: { readonly day: string; readonly purpose: string },
  ordered: readonly InvoiceLine[],
  correction: NoteOn | null = null,
): Promise<string> {
  const { account } = facts
  const { nowMs } = billing
  const lines = ordered.map((line) => ({ ...line, id: newId() }))
  const kind = kindOf(lines, correction)
  const sellsBalance = lines.every((line) => line.kind === 'commit')
  const issuer = await getRow(db, 'issuer', account.issuerId)
  const series = kind === 'credit_note' ? issuer.creditNoteSeries : issuer.invoiceSeries
  const number = await nextNumber(db, issuer.id, series)
  const printed = `${series}-${String(number).padStart(6, '0')}`
  const issuedOn = dayOf(nowMs, account.zone)
  const document = await documentOf(db, facts, lines, printed, issuedOn, correction)
  const { dueOn } = document
  const totalMinor = totalOf(lines)
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
    sellsBalance,
    // What it bills beyond the charges of usage: fees, and the rounding of lines. Balances are moved by it.
    balanceAdjustment: (await isOpened(db, account.id))
      ? String(toRatingScale(totalMinor, account.currency) - chargesIn(account.currency, lines, facts.catalog))
      : null,
    balanceAppliedAt: null,
    balanceSettledAt: null,
  }
  await insertInvoice(
    db,
    stored,
    lines.map((line, index) => toRow(account, id, line, index + 1)),
  )
  await postEntry(
    db,
    'invoice_issued',
    id,
    invoiceIssued(
      account.id,
      account.currency,
      totalMinor,
      revenueOf(facts, lines),
      discountsOf(lines),
      commitsOf(lines),
      sponsoredIn(lines),
    ),
    nowMs,
  )
  await publish(db, [documentIssued(stored)], nowMs)
  await settle(db, account.id, account.currency, nowMs)
  return id
}

function totalOf(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.amountMinor, 0n)
}

/** A note on documents before: why, and their numbers. */
interface NoteOn {
  readonly reason: string
  readonly corrects: readonly string[]
}

function kindOf(lines: readonly InvoiceLine[], correction: NoteOn | null): InvoiceDocument['kind'] {
  if (totalOf(lines) < 0n) return 'credit_note'
  return correction === null ? 'invoice' : 'debit_note'
}

/** What lines are printed as. */
export async function documentOf(
  db: Database,
  facts: AccountFacts,
  lines: readonly (InvoiceLine & { readonly id: string })[],
  number: string,
  issuedOn: string,
  correction: NoteOn | null = null,
): Promise<InvoiceDocument> {
  const { account, subscriptions, plans, catalog } = facts
  return buildDocument({
    kind: kindOf(lines, correction),
    correction,
    ...{ number, issuedOn, account, lines, plans },
    dueOn: Temporal.PlainDate.from(issuedOn).add({ days: account.termsDays }).toString(),
    customer: await getRow(db, 'customer', account.customerId),
    issuer: await getRow(db, 'issuer', account.issuerId),
    totalMinor: totalOf(lines),
    subscriptions: new Map(subscriptions.map((subscription) => [subscription.id, subscription])),
    prices: (line) => catalog.plans.get(line.planVersionId)?.prices.find(({ price }) => price.code === line.priceCode),
  })
}

const WITHOUT_REVENUE: ReadonlySet<InvoiceLine['kind']> = new Set(['discount', 'commit', 'sponsored'])

/** Revenue is kept by product: the plan's code. Caps lower it; discounts are kept apart; that of members is theirs. */
function revenueOf(facts: AccountBilling, lines: readonly InvoiceLine[]): { product: string; amountMinor: bigint }[] {
  const earned = lines.filter(({ kind }) => !WITHOUT_REVENUE.has(kind))
  const byProduct = Map.groupBy(earned, (line) => facts.plans.get(line.planVersionId)?.code ?? 'unknown')
  return [...byProduct].map(([product, group]) => ({
    product,
    amountMinor: group.reduce((sum, line) => sum + line.amountMinor, 0n),
  }))
}

function discountsOf(lines: readonly InvoiceLine[]): { code: string; amountMinor: bigint }[] {
  const given = lines.filter(({ kind }) => kind === 'discount')
  return [...Map.groupBy(given, ({ basis }) => String(basis?.['code']))].map(([code, group]) => ({
    code,
    amountMinor: group.reduce((sum, line) => sum - line.amountMinor, 0n),
  }))
}

function commitsOf(lines: readonly InvoiceLine[]): { code: string; amountMinor: bigint }[] {
  return lines
    .filter(({ kind }) => kind === 'commit')
    .map(({ priceCode, amountMinor }) => ({ code: priceCode, amountMinor }))
}

export function toRow(
  account: Account,
  invoiceId: string,
  line: InvoiceLine & { id: string },
  position: number,
): InvoiceLineRow {
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
    adjustment: line.adjustment ?? '',
    basis: line.basis ?? null,
    periodStart: period.start,
    periodEnd: period.end,
    isLate,
    description,
    exactAmount,
    measures: usage === null ? null : usage.measures.map(String),
    records: usage === null ? null : BigInt(usage.records),
    throughSeq: usage === null ? null : BigInt(usage.throughSeq),
    charged: (usage?.charged ?? line.taken) === undefined ? null : String(usage?.charged ?? line.taken),
    amountMinor: String(line.amountMinor),
  }
}
