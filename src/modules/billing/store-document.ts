import { toRatingScale } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { type PlannedDocument, printDocument } from '../../core/billing/plan-document.ts'
import { printedNumber, seriesOn } from '../../core/invoicing/document-number.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import { netOf, taxOf } from '../../core/invoicing/line-tax.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import {
  type AskedMoney,
  documentIssued,
  type InvoiceLineRow,
  insertInvoice,
  nextNumber,
  storedTaxes,
} from '../invoices/index.ts'
import { postingRows } from '../ledger/index.ts'
import { AccountSettlement } from '../receivables/index.ts'
import { lowerWriteOffs, takesBack } from './credited-write-offs.ts'
import type { LoadedFacts } from './load-facts.ts'

/**
 * Issues a planned document: with a number and ids, its lines, postings, event and settlement become true in the transaction of
 * `db`. The account's row is locked in it.
 * @param settlement of the account, where several documents are issued in the transaction.
 * @param asked of a note on request: the document that it is about, and what becomes of its money.
 * @returns the document's id.
 */
export async function storeDocument(
  db: Database,
  facts: LoadedFacts,
  planned: PlannedDocument,
  nowMs: number,
  settlement = settlementOf(db, facts),
  asked: AskedMoney | null = null,
): Promise<string> {
  const { account, issuer } = facts
  const { kind, day: billingDay, purpose, part, lines, totalMinor, postings, sellsBalance, beyondCharges } = planned
  const issuedOn = dayOf(nowMs, account.zone)
  const series = seriesOn(kind === 'credit_note' ? issuer.creditNoteSeries : issuer.invoiceSeries, issuedOn)
  const number = await nextNumber(db, issuer.id, series)
  const ids = lines.map(() => newId())
  const id = newId()
  const document = printDocument(facts, planned, { number: printedNumber(series, number), issuedOn, ids })
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
  const rows = lines.map((line, index) => ({ ...place(index), accountId: account.id, ...toColumns(line) }))
  await insertInvoice(db, invoice, rows)
  await insertAllRows(db, [
    postingRows([{ template: 'invoice_issued', documentId: id, postings }], nowMs),
    eventRows([documentIssued(invoice)], nowMs),
  ])
  settlement.add({ id, kind, totalMinor, sellsBalance, dueOn: document.dueOn, asked })
  if (asked === null && lines.some(takesBack)) await lowerWriteOffs(db, facts, settlement, document.number, ids, nowMs)
  await settlement.settle(nowMs)
  return id
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
