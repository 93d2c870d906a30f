import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { leftOfDocument, planCredit } from '../../core/billing/credit-request.ts'
import { composeDocument, type PlannedDocument, planItems, printDocument } from '../../core/billing/plan-document.ts'
import { reasonText } from '../../core/invoicing/correction-reason.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { newId } from '../../platform/clock.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { toRequestView } from '../approvals/index.ts'
import {
  type AskedMoney,
  type DocumentRequest,
  findRequest,
  getInvoice,
  insertRequest,
  rebilledAfter,
  requestsAbout,
} from '../invoices/index.ts'
import { lockAccount } from '../parties/index.ts'
import { oweRefund, refundOfNote, sourcesOf as settledBy, writtenOffOf } from '../receivables/index.ts'
import type { Asking, RequestParts } from './asking.ts'
import { scopeOf } from './credit-scope.ts'
import { type DocumentToCorrect, loadToCorrect, toDocument } from './document-to-correct.ts'
import { loadWaits } from './draft-store.ts'
import { assertIssuable } from './einvoice-rules.ts'
import { holdReasons } from './issue.ts'
import { itemsOf } from './item-schemas.ts'
import { askForNote } from './note-approvals.ts'
import type { chargesDraft, creditDraft } from './request-schemas.ts'
import { settlementOf, storeDocuments } from './store-documents.ts'
import { assertUndisputed } from './undisputed.ts'

/** The answer to the same request under the same key; a conflict where it was another one. The account's row is locked: of two at once, one waits. */
export async function answerOfBefore(
  { db }: Pick<WriteContext, 'db'>,
  reference: string,
  { key, kind, content }: Asking,
): Promise<object | null> {
  const about = await getInvoice(db, reference)
  await lockAccount(db, about.accountId)
  const known = await findRequest(db, key)
  if (known === undefined) return null
  if (known.kind !== kind || known.correctsId !== about.id || !isDeepStrictEqual(known.content, content))
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another request`)
  return viewNote({ db }, known)
}

/** A note that was issued, as requests for it are answered. */
export async function viewNote({ db }: Pick<WriteContext, 'db'>, request: DocumentRequest): Promise<object> {
  const { document: corrected, ...about } = await getInvoice(db, request.correctsId)
  const note = await getInvoice(db, request.invoiceId)
  const refund = await refundOfNote(db, note.id)
  const { currency } = about
  const left = leftOfDocument(await toDocument(db, { ...about, document: corrected })).minor
  const sources = await settledBy(db, about.id)
  const lowered = sumOf(sources.filter(({ creditNoteId }) => creditNoteId === note.id).map((one) => one.amountMinor))
  const documents = await rebilledAfter(db, request)
  return {
    id: note.id,
    corrects: corrected.number,
    left: formatMinor(left, currency),
    lowered: formatMinor(lowered, currency),
    refund: refund === undefined ? null : { id: refund.id, amount: formatMinor(BigInt(refund.amountMinor), currency) },
    rebilled: documents.map(({ id, document, totalMinor }) => {
      return { id, number: document.number, total: formatMinor(BigInt(totalMinor), currency) }
    }),
    document: note.document,
  }
}

/** Issues a note; its money goes where the request says. @returns the row of the request */
export async function issueNote(
  { notary }: RequestParts,
  { db, nowMs }: Pick<WriteContext, 'db' | 'nowMs'>,
  { invoice, facts }: DocumentToCorrect,
  planned: PlannedDocument,
  { kind, key, reason, content, requestedBy }: Asking,
  { money, refundMinor, rebill = false }: Pick<AskedMoney, 'money' | 'refundMinor'> & { readonly rebill?: boolean },
): Promise<DocumentRequest> {
  assertIssuable(facts, planned, nowMs)
  const [hold] = holdReasons(await loadWaits(db, invoice.accountId), undefined, nowMs)
  if (hold !== undefined)
    throw new Refusal('conflict', `documents of the account are on hold (${hold.text}): release that first`)
  const settlement = settlementOf(db, facts)
  const asked = { correctsId: invoice.id, money, refundMinor }
  const [id] = (await storeDocuments(db, [{ facts, planned, settlement, asked }], nowMs)) as [string]
  const { accountId, currency } = invoice
  const request: DocumentRequest = {
    ...{ invoiceId: id, correctsId: invoice.id, accountId, key, content, kind, reasonCode: reason, money },
    ...{ refundMinor: String(refundMinor), rebill, requestedBy, createdAt: new Date(nowMs) },
  }
  await insertRequest(db, request)
  if (refundMinor > 0n) await oweRefund(db, { accountId, currency, creditNoteId: id, amountMinor: refundMinor }, nowMs)
  await notary.ask(db, nowMs)
  return request
}

/** What was given up is owed again before it is credited: nobody paid it, so that it settles nothing else and is not paid back. */
export async function assertNotWrittenOff(
  { db }: Pick<WriteContext, 'db'>,
  { invoice: { id, document, currency } }: Pick<DocumentToCorrect, 'invoice'>,
): Promise<void> {
  const [one] = await writtenOffOf(db, { invoiceId: id })
  if (one === undefined) return
  const amount = `${formatMinor(one.amountMinor, currency)} ${currency}`
  throw new Refusal(
    'conflict',
    `${amount} of ${document.number} was written off: take that back first (kvit payment reverse ${one.key})`,
  )
}

/** What a note would be: nothing is stored, and no number is taken. */
export function previewNote(
  { invoice, facts, document }: DocumentToCorrect,
  planned: PlannedDocument,
  { openMinor, refundMinor }: { readonly openMinor: bigint; readonly refundMinor: bigint },
  nowMs: number,
): object {
  assertIssuable(facts, planned, nowMs)
  const { currency } = invoice
  const credited = -planned.totalMinor
  const issuedOn = dayOf(nowMs, facts.account.zone)
  const ids = planned.lines.map(() => invoice.id)
  const money = (minor: bigint): string => formatMinor(minor, currency)
  const isCredit = planned.kind === 'credit_note'
  const left = leftOfDocument(document).minor - (isCredit ? credited : 0n)
  return {
    ...{ id: null, corrects: invoice.document.number, left: money(left) },
    lowered: money(!isCredit ? 0n : credited < openMinor ? credited : openMinor),
    refund: refundMinor === 0n ? null : { id: null, amount: money(refundMinor) },
    rebilled: [],
    document: printDocument(facts, planned, { number: 'preview', issuedOn, ids }),
  }
}

/** What is written on a note, and what it is about. */
export function correctionOf(
  { invoice, facts: { customer } }: DocumentToCorrect,
  { reason, text }: Asking,
): NonNullable<PlannedDocument['correction']> {
  return { reason: text ?? reasonText(customer.language, reason), corrects: [invoice.document.number] }
}

/** A credit note on request. */
export async function creditOnRequest(
  parts: RequestParts,
  context: WriteContext,
  reference: string,
  asking: Asking,
  draft: z.output<typeof creditDraft>,
): Promise<object> {
  const before = await answerOfBefore(context, reference, asking)
  if (before !== null) return before
  const loaded = await loadToCorrect(parts.engine, context, reference)
  const { invoice, facts, document } = loaded
  await assertNotWrittenOff(context, loaded)
  const credit = planCredit(document, scopeOf(invoice, draft))
  if ('refused' in credit) throw new Refusal('unprocessable', credit.refused)
  const moment = {
    day: dayOf(context.nowMs, facts.account.zone),
    purpose: `credit-${newId()}`,
    part: invoice.document.part,
  }
  const planned = composeDocument(facts, moment, credit.lines, correctionOf(loaded, asking))
  const credited = new Set(credit.lines.flatMap(({ credits }) => (credits === undefined ? [] : [credits.lineId])))
  await assertUndisputed(context.db, invoice, credited)
  const { openMinor, refundMinor } = await moneyOf(context, loaded, -planned.totalMinor, draft.money)
  const preview = (): object => previewNote(loaded, planned, { openMinor, refundMinor }, context.nowMs)
  if (asking.dryRun) return preview()
  const waiting = await askForNote(
    context.db,
    invoice,
    asking,
    { totalMinor: -planned.totalMinor, refundMinor },
    context.nowMs,
  )
  if (waiting !== null) return { ...preview(), approvalRequest: toRequestView(waiting, context.nowMs) }
  context.afterCommit({ kind: 'apply to balances', accountId: invoice.accountId })
  context.afterCommit({ kind: 'wake jobs' })
  return viewNote(
    context,
    await issueNote(parts, context, loaded, planned, asking, { money: draft.money, refundMinor }),
  )
}

/** What of a credit lowers what is open of its document, and what of it is to be paid back: no more than was paid in money. */
async function moneyOf(
  { db }: Pick<WriteContext, 'db'>,
  { invoice }: DocumentToCorrect,
  creditMinor: bigint,
  money: AskedMoney['money'],
): Promise<{ readonly openMinor: bigint; readonly refundMinor: bigint }> {
  const sources = await settledBy(db, invoice.id)
  const openMinor = BigInt(invoice.totalMinor) - sumOf(sources.map(({ amountMinor }) => amountMinor))
  if (money !== 'refund') return { openMinor, refundMinor: 0n }
  const shown = (minor: bigint): string => `${formatMinor(minor, invoice.currency)} ${invoice.currency}`
  const refundMinor = creditMinor - openMinor
  if (refundMinor <= 0n)
    throw new Refusal(
      'unprocessable',
      `money: of ${invoice.document.number} ${shown(openMinor)} is open, which a credit of ${shown(creditMinor)} lowers: there is nothing to pay back`,
    )
  const isMoney = (one: (typeof sources)[number]): boolean =>
    one.paymentId !== null || (one.balanceSource === 'paid' && one.payerAccountId === null)
  const paid = sumOf(sources.filter(isMoney).map(({ amountMinor }) => amountMinor))
  const returned = sumOf((await requestsAbout(db, invoice.id)).map((request) => BigInt(request.refundMinor)))
  if (refundMinor > paid - returned)
    throw new Refusal(
      'unprocessable',
      `money: ${shown(paid - returned)} of what was paid for ${invoice.document.number} can be paid back, not ${shown(refundMinor)}`,
    )
  return { openMinor, refundMinor }
}

/** A debit note on request. */
export async function chargeOnRequest(
  parts: RequestParts,
  context: WriteContext,
  reference: string,
  asking: Asking,
  { lines }: z.output<typeof chargesDraft>,
): Promise<object> {
  const before = await answerOfBefore(context, reference, asking)
  if (before !== null) return before
  const loaded = await loadToCorrect(parts.engine, context, reference)
  const { invoice, facts } = loaded
  const today = dayOf(context.nowMs, facts.account.zone)
  const purpose = `charge-${newId()}`
  const moment = { day: today, purpose, part: invoice.document.part, items: itemsOf(lines, today) }
  const planned = planItems(facts, moment, correctionOf(loaded, asking))
  if (planned.totalMinor === 0n) throw new Refusal('unprocessable', 'lines: a debit note that charges nothing')
  const nothing = { openMinor: 0n, refundMinor: 0n }
  const preview = (): object => previewNote(loaded, planned, nothing, context.nowMs)
  if (asking.dryRun) return preview()
  const amounts = { totalMinor: planned.totalMinor, refundMinor: 0n }
  const waiting = await askForNote(context.db, invoice, asking, amounts, context.nowMs)
  if (waiting !== null) return { ...preview(), approvalRequest: toRequestView(waiting, context.nowMs) }
  context.afterCommit({ kind: 'apply to balances', accountId: invoice.accountId })
  return viewNote(context, await issueNote(parts, context, loaded, planned, asking, { money: null, refundMinor: 0n }))
}
