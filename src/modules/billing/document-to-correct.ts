import { dayOf } from '../../core/base/period.ts'
import type { BilledLine } from '../../core/billing/billed-lines.ts'
import type { CreditedDocument } from '../../core/billing/credit-request.ts'
import { isOfSale } from '../../core/billing/prepaid-sale.ts'
import { printedPositions } from '../../core/invoicing/group-line.ts'
import type { Engine } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { getInvoice, type Invoice, linesOfInvoice, listBilledLines } from '../invoices/index.ts'
import { getRow } from '../parties/index.ts'
import { lockToBill } from './children.ts'
import { unusedCommits } from './commit-credits.ts'
import { type LoadedFacts, loadAccount, sourcesOf } from './load-facts.ts'

/** A document that somebody wants corrected, with all that its note follows from. */
export interface DocumentToCorrect {
  readonly invoice: Invoice
  readonly facts: LoadedFacts
  readonly document: CreditedDocument
}

/** Reads a document that is to be corrected; its account's row is locked. @param reference an id or a number */
export async function loadToCorrect(
  engine: Engine,
  { db, tenant, nowMs }: Pick<WriteContext, 'db' | 'tenant' | 'nowMs'>,
  reference: string,
): Promise<DocumentToCorrect> {
  const invoice = await getInvoice(db, reference)
  const { number } = invoice.document
  if (invoice.kind === 'credit_note')
    throw new Refusal('unprocessable', `${number} is a credit note: correct the document that it is about`)
  if (isOfSale(invoice.purpose))
    throw new Refusal(
      'conflict',
      `${number} sells prepaid money: take its top-up back instead, which credits what nobody has used (POST /v1/top-ups/{reference}/reversal)`,
    )
  await lockToBill(db, [invoice.accountId])
  const account = await getRow(db, 'account', invoice.accountId)
  const sources = await sourcesOf(engine, db, tenant)
  const today = dayOf(nowMs, account.zone)
  const facts = await loadAccount(sources, db, account, account.billedUntil ?? today)
  const { id: accountId, currency } = account
  const unusedOf = await unusedCommits(engine, db, tenant.name, { accountId, currency, nowMs }, facts.boughtTerms)
  return { invoice, facts, document: { ...(await toDocument(db, invoice)), unusedOf } }
}

/** What of a document is looked at to credit it. */
export async function toDocument(db: Database, invoice: Invoice): Promise<CreditedDocument> {
  const { document: printed, currency } = invoice
  const rows = await linesOfInvoice(db, invoice.id)
  const own = new Set(rows.map(({ id }) => id))
  const accountIds = new Set([invoice.accountId, ...rows.map(({ accountId }) => accountId)])
  const places = printedPositions(printed.lines)
  return {
    ...{ number: printed.number, currency, pricesIncludeTax: printed.pricesIncludeTax === true },
    lines: await listBilledLines(db, [...accountIds]),
    isOwn: ({ id }) => own.has(id),
    shownOf: ({ id, period }: BilledLine) => {
      const place = places.get(id)
      return place === undefined ? period : { start: place.from, end: place.until }
    },
  }
}
