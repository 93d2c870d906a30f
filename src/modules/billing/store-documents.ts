import { parseMinor, toRatingScale } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { type PlannedDocument, printDocument } from '../../core/billing/plan-document.ts'
import { asksForMoney, type InvoiceDocument } from '../../core/invoicing/document.ts'
import { printedNumber, seriesOn } from '../../core/invoicing/document-number.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import { netOf, taxOf } from '../../core/invoicing/line-tax.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventRows } from '../../platform/events/publish.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import {
  type AskedMoney,
  billedForRows,
  documentIssued,
  type InvoiceLineRow,
  insertIssued,
  invoiceRows,
  nextNumbers,
  type Series,
  storedTaxes,
} from '../invoices/index.ts'
import { postingRows } from '../ledger/index.ts'
import { linkOfDocument } from '../payment-links/index.ts'
import { AccountSettlement, accountsWithWriteOffs } from '../receivables/index.ts'
import { commitCreditRows } from './commit-credits.ts'
import { lowerWriteOffs, takesBack } from './credited-write-offs.ts'
import { inTurn } from './in-turn.ts'
import type { LoadedFacts } from './load-facts.ts'

/** A planned document that is to be issued. */
export interface ToIssue {
  readonly facts: LoadedFacts
  readonly planned: PlannedDocument
  /** Of the account: one for all of its documents that are issued in a transaction. */
  readonly settlement: AccountSettlement
  /** Of a note on request: the document that it is about, and what becomes of its money. */
  readonly asked?: AskedMoney | undefined
  /** Of a document that sells prepaid money: what came in for it. It settles this document, before all else does. */
  readonly paidMinor?: bigint | undefined
}

/**
 * Issues planned documents: with numbers and ids, their lines, postings, events and settlements become true in the transaction of
 * `db`, by one statement for the numbers and one for all rows. The rows of their accounts are locked in it.
 * @returns the documents' ids, in their order.
 */
export async function storeDocuments(db: Database, documents: readonly ToIssue[], nowMs: number): Promise<string[]> {
  if (documents.length === 0) return []
  const series = documents.map(({ facts: { account, issuer }, planned: { kind } }) => {
    const pattern = kind === 'credit_note' ? issuer.creditNoteSeries : issuer.invoiceSeries
    return { issuerId: issuer.id, series: seriesOn(pattern, dayOf(nowMs, account.zone)) }
  })
  const numbers = await nextNumbers(db, series)
  const givenUp = await loweredBy(db, documents)
  const rows: NewRows[] = []
  const later: (() => Promise<void>)[] = []
  const issued = await inTurn([...documents.entries()], async ([at, one]) => {
    const { settlement, asked = null } = one
    const { kind, totalMinor, sellsBalance } = one.planned
    const own = issuedRows(one, (series[at] as Series).series, numbers[at] as bigint, nowMs)
    await settlement.listDocuments()
    settlement.add({ id: own.id, kind, totalMinor, sellsBalance, dueOn: own.document.dueOn, asked })
    rows.push(...own.rows)
    if (one.paidMinor !== undefined) rows.push(...(await settlement.rowsOfSale(own.id, one.paidMinor, nowMs)))
    if (givenUp.has(one.facts.account.id)) later.push(async () => settleAfterWriteOffs(db, one, own, nowMs))
    else rows.push(...(await settlement.rowsOfSettling(nowMs)))
    return own
  })
  const printed = issued.map(({ document }) => document.number)
  await insertIssued(db, rows, printed)
  for (const settle of later) await settle()
  return issued.map(({ id }) => id)
}

/** Whether a document takes something back by itself: a credit on request asks for what was given up first. */
function isTakingBack({ planned: { lines }, asked }: ToIssue): boolean {
  return asked === undefined && lines.some(takesBack)
}

/** Accounts of documents that take something back, and have documents that were written off. */
async function loweredBy(db: Database, documents: readonly ToIssue[]): Promise<Set<string>> {
  const ids = documents.filter(isTakingBack).map(({ facts }) => facts.account.id)
  return ids.length === 0 ? new Set() : accountsWithWriteOffs(db, ids)
}

/** What is credited of a document that was written off comes off the write-off before it settles anything. */
async function settleAfterWriteOffs(db: Database, one: ToIssue, own: IssuedRows, nowMs: number): Promise<void> {
  const { facts, settlement } = one
  if (isTakingBack(one)) await lowerWriteOffs(db, facts, settlement, own.document.number, own.lineIds, nowMs)
  await settlement.settle(nowMs)
}

interface IssuedRows {
  readonly id: string
  readonly lineIds: readonly string[]
  readonly document: InvoiceDocument
  readonly rows: readonly NewRows[]
}

function issuedRows(
  { facts, planned, asked, paidMinor }: ToIssue,
  series: string,
  number: bigint,
  nowMs: number,
): IssuedRows {
  const { account, issuer } = facts
  const { kind, day: billingDay, purpose, part, lines, totalMinor, postings, sellsBalance, beyondCharges } = planned
  const { chargesOfOthers } = planned
  const issuedOn = dayOf(nowMs, account.zone)
  const ids = lines.map(() => newId())
  const id = newId()
  const printed = printDocument(facts, planned, { number: printedNumber(series, number), issuedOn, ids })
  const link = paidMinor === undefined ? payLinkOf(facts, printed, id, nowMs) : null
  const document = link === null ? printed : { ...printed, paymentLink: link.url }
  const invoice = {
    ...{ id, kind, series, number, billingDay, purpose, document, issuedOn, sellsBalance },
    part: part?.value ?? '',
    ...{ issuerId: issuer.id, accountId: account.id, currency: account.currency },
    dueOn: document.dueOn,
    totalMinor: String(totalMinor),
    issuedAt: new Date(nowMs),
    // What is to be paid back goes by the balances.
    balanceAdjustment: facts.isOpened
      ? String(beyondCharges + toRatingScale(asked?.refundMinor ?? 0n, account.currency))
      : null,
    balanceAppliedAt: null,
    balanceSettledAt: null,
  }
  const place = (index: number) => ({ id: ids[index] as string, invoiceId: id, position: index + 1 })
  const rows = lines.map((line, index) => ({
    ...place(index),
    accountId: line.accountId ?? account.id,
    ...toColumns(line),
  }))
  return {
    ...{ id, document, lineIds: ids },
    rows: [
      ...invoiceRows(invoice, rows),
      commitCreditRows(facts, lines, ids, nowMs),
      billedForRows(id, openedCharges(facts, chargesOfOthers)),
      postingRows([{ template: 'invoice_issued', documentId: id, postings }], nowMs),
      eventRows([documentIssued(invoice)], nowMs),
      ...(link === null ? [] : [link.rows]),
    ],
  }
}

/** Charges of others whose balances are open: they owe them no more. Balances that open later take them up as billed. */
function openedCharges(
  { children = [] }: LoadedFacts,
  charges: PlannedDocument['chargesOfOthers'],
): Map<string, bigint> {
  const opened = children.filter(({ isOpened }) => isOpened).map(({ account }) => account.id)
  return new Map(opened.flatMap((id) => (charges.has(id) ? [[id, -(charges.get(id) as bigint)]] : [])))
}

/** The link that a document has on it, where the settings say so, it asks for money, and its brand has no other one. */
function payLinkOf(
  { payLinks, account }: LoadedFacts,
  { kind, totals, currency, paymentLink }: InvoiceDocument,
  id: string,
  nowMs: number,
): ReturnType<typeof linkOfDocument> | null {
  const toPayMinor = parseMinor(totals.toPay ?? totals.total, currency) ?? 0n
  if (payLinks === null || paymentLink !== undefined) return null
  if (!asksForMoney(kind, toPayMinor, account.creditLimitMinor === '0')) return null
  return linkOfDocument(payLinks, { id, accountId: account.id }, nowMs)
}

/** What settles the documents of an account: one for all that are issued in the transaction of `db`. */
export function settlementOf(db: Database, { account }: LoadedFacts): AccountSettlement {
  return new AccountSettlement(db, account.id, account.currency)
}

function toColumns(line: InvoiceLine): Omit<InvoiceLineRow, 'id' | 'invoiceId' | 'position' | 'accountId'> {
  const { kind, subscriptionId, planVersionId, priceCode, cell, period, isLate, description, usage, exactAmount } = line
  const charged = usage?.charged ?? line.taken
  return {
    ...{ kind, subscriptionId, planVersionId, priceCode, cell, isLate, description, exactAmount },
    adjustment: line.adjustment ?? '',
    creditsLineId: line.credits?.lineId ?? null,
    isUnbilled: line.credits?.isUnbilled ?? false,
    basis: line.basis ?? null,
    periodStart: period.start,
    periodEnd: period.end,
    measures: usage === null ? null : usage.measures.map(String),
    records: usage === null ? null : BigInt(usage.records),
    throughSeq: usage === null ? null : BigInt(usage.throughSeq),
    charged: charged === undefined ? null : String(charged),
    amountMinor: String(line.amountMinor),
    taxes: line.tax === undefined ? null : storedTaxes(line.tax),
    netMinor: line.tax === undefined ? null : String(netOf(line)),
    taxMinor: line.tax === undefined ? null : String(taxOf(line)),
  }
}
