import type { z } from 'zod'
import { dayOf } from '../../core/base/period.ts'
import { leftOfDocument, planCredit } from '../../core/billing/credit-request.ts'
import { composeDocument, planBills } from '../../core/billing/plan-document.ts'
import { billableKey } from '../../core/invoicing/invoice-lines.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { toRequestView } from '../approvals/index.ts'
import { markUnbilled, purposeAfter } from '../invoices/index.ts'
import { reopenVoided, sourcesOf as settledBy } from '../receivables/index.ts'
import type { Asking, RequestParts } from './asking.ts'
import { type DocumentToCorrect, loadToCorrect } from './document-to-correct.ts'
import { assertIssuable } from './einvoice-rules.ts'
import { invoiceVoided } from './events.ts'
import { lookAt } from './issue.ts'
import { askForNote } from './note-approvals.ts'
import { answerOfBefore, assertNotWrittenOff, correctionOf, issueNote, previewNote, viewNote } from './on-request.ts'
import type { voidDraft } from './request-schemas.ts'
import { issuingRules } from './settings.ts'
import { settlementOf, storeDocuments } from './store-documents.ts'
import { assertUndisputed } from './undisputed.ts'

/**
 * Voids a document by a credit note of all of it: only while nothing of it was credited. What settled it is free again. What it billed is
 * given up; or, with `rebill`, it counts as never billed, and the next bill run bills it anew, or this request at once.
 */
export async function voidOnRequest(
  parts: RequestParts,
  context: WriteContext,
  reference: string,
  asking: Asking,
  { rebill, atOnce }: z.output<typeof voidDraft>,
): Promise<object> {
  const before = await answerOfBefore(context, reference, asking)
  if (before !== null) return before
  const { db, nowMs } = context
  const loaded = await loadToCorrect(parts.engine, context, reference)
  const { invoice, facts, document } = loaded
  const { number } = invoice.document
  if (!leftOfDocument(document).isWhole)
    throw new Refusal(
      'conflict',
      `${number} was credited in part: credit what is left of it; only a whole document is voided`,
    )
  await assertNotWrittenOff(context, loaded)
  await assertUndisputed(db, invoice, null)
  if (rebill) assertBilledByRuns(loaded)
  if (rebill) assertLast(loaded)
  const credit = planCredit(document, { kind: 'rest' }, { unbilled: rebill ? facts.compiled : null })
  if ('refused' in credit) throw new Refusal('unprocessable', credit.refused)
  const moment = { day: dayOf(nowMs, facts.account.zone), purpose: `void-${newId()}`, part: invoice.document.part }
  const note = composeDocument(facts, moment, credit.lines, correctionOf(loaded, asking))
  if (note.totalMinor > 0n) throw new Refusal('unprocessable', `${number} comes to nothing that could be credited`)
  const planned = { ...note, kind: 'credit_note' } as const
  const { id: invoiceId, accountId, currency } = invoice
  const preview = async (): Promise<object> => {
    const openMinor = BigInt(invoice.totalMinor) - sumOf((await settledBy(db, invoiceId)).map((one) => one.amountMinor))
    return previewNote(loaded, planned, { openMinor, refundMinor: 0n }, nowMs)
  }
  if (asking.dryRun) return preview()
  const amounts = { totalMinor: -planned.totalMinor, refundMinor: 0n }
  const waiting = await askForNote(db, invoice, asking, amounts, nowMs)
  if (waiting !== null) return { ...(await preview()), approvalRequest: toRequestView(waiting, nowMs) }
  for (const told of [accountId, ...planned.chargesOfOthers.keys()])
    context.afterCommit({ kind: 'apply to balances', accountId: told })
  context.afterCommit({ kind: 'wake jobs' })
  await reopenVoided(db, { invoiceId, number, accountId, currency }, nowMs)
  const asked = { money: 'open_invoices', refundMinor: 0n, rebill } as const
  const request = await issueNote(parts, context, loaded, planned, asking, asked)
  if (rebill) await markUnbilled(db, [invoiceId, request.invoiceId])
  await publish(
    db,
    [eventOf(invoiceVoided, { objectId: invoiceId, accountId }, { number, creditNoteId: request.invoiceId, rebill })],
    nowMs,
  )
  if (atOnce) await billAnew(parts, context, reference, request.invoiceId)
  return viewNote(context, request)
}

/** Bill runs do not know of lines that somebody wrote. */
function assertBilledByRuns({ invoice, document: { lines, isOwn } }: DocumentToCorrect): void {
  if (lines.filter(isOwn).some(({ kind, amountMinor }) => kind === 'item' || (kind === 'advance' && amountMinor > 0n)))
    throw new Refusal(
      'unprocessable',
      `rebill: somebody wrote the lines of ${invoice.document.number}, and no bill run bills them anew: void it without, and write another one`,
    )
}

/** What later documents billed more of the same is counted on top of what this one billed. */
function assertLast({ invoice, document: { lines, isOwn } }: DocumentToCorrect): void {
  const own = new Map(lines.filter(isOwn).map((line) => [billableKey(line), line.id]))
  const later = lines.find((line) => {
    const id = own.get(billableKey(line))
    const isCounted = line.records !== null || line.charged !== null
    return id !== undefined && isCounted && line.id > id && !isOwn(line) && line.isUnbilled !== true
  })
  if (later !== undefined)
    throw new Refusal(
      'conflict',
      `${later.document} bills more of the same usage as ${invoice.document.number}: void that one first, or void without billing anew`,
    )
}

/** Bills at once what is due by the day that the account was billed until, unless a bill run would keep it. */
async function billAnew(
  { engine, notary }: RequestParts,
  context: WriteContext,
  reference: string,
  noteId: string,
): Promise<void> {
  const { db, nowMs } = context
  const { facts } = await loadToCorrect(engine, context, reference)
  const { billedUntil: day } = facts.account
  if (day === null) return
  const documents = planBills(facts, [{ day, purpose: 'cycle' }])
  for (const planned of documents) assertIssuable(facts, planned, nowMs)
  const due = { kind: 'bill', purpose: '', day, documents } as const
  const rules = await issuingRules(db)
  const { reasons } = await lookAt({ rules, nowMs }, db, { facts, due, holds: [] })
  const [kept] = reasons.filter(({ code }) => code === 'review')
  if (kept !== undefined)
    throw new Refusal('unprocessable', `at once, it would not be issued: ${kept.text}; the next bill run bills it anew`)
  const settlement = settlementOf(db, facts)
  const toIssue = documents.map((planned) => {
    return { facts, settlement, planned: { ...planned, purpose: purposeAfter(planned.purpose, noteId) } }
  })
  await storeDocuments(db, toIssue, nowMs)
  await notary.ask(db, nowMs)
}
