import { sql } from 'kysely'
import { z } from 'zod'
import { WAIT_CODES } from '../../core/billing/draft-rules.ts'
import { invoicePage } from '../../core/pages/invoice-page.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { instant } from '../../platform/http/dates.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { pageQuery, RawAnswer, type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { lookOf, type PdfRenderer } from '../brands/index.ts'
import type { Parts } from '../module.ts'
import { accountNames, accountQuery, accountsNamed, getRow, ofAccounts } from '../parties/index.ts'
import * as answers from './draft-answers.ts'
import { approveDraft, placeHold, releaseHold } from './draft-decisions.ts'
import { issueDraft } from './draft-job.ts'
import * as store from './draft-store.ts'
import { draftSources, lookAtDraft, printDraft, viewDraft, viewDrafts, viewHold } from './draft-view.ts'
import { type BilledUsage, billingOf } from './load-facts.ts'

const tag = 'Invoices'
const byId = z.object({ id: z.uuid() })
const byReference = z.object({
  reference: reference.describe('An id, the key of an account that has one draft, or the key of a one-off invoice'),
})
const MAX_REASON = 500

const heldRoute = readRoute({
  url: '/v1/held-invoices',
  scope: 'invoices:read',
  tag,
  summary:
    'Accounts whose next document is not issued until something is filled in, for its tax or its e-invoice, and what',
  query: z.object(pageQuery),
  answer: answers.heldDocuments,
  handle: async ({ db }, { query: { limit, cursor } }) => {
    let query = store.heldDrafts(db).selectAll()
    if (cursor !== undefined) query = query.where('accountId', '>', cursor)
    const ordered = query.orderBy('accountId').limit(limit + 1)
    const found = (await ordered.execute()) as unknown as store.Draft[]
    const rows = found.slice(0, limit)
    const names = await accountNames(
      db,
      rows.map(({ accountId }) => accountId),
    )
    const items = rows.map(({ accountId, billingDay, reasons, madeAt }) => {
      const missing = reasons
        .filter(({ code }) => code === 'tax_missing' || code === 'einvoice_rule' || code === 'tax_id')
        .map(({ text }) => text)
      return { accountId, billingDay, reasons: missing, heldAt: madeAt, ...names.get(accountId) }
    })
    return { items, nextCursor: found.length > limit ? (rows.at(-1)?.accountId ?? null) : null }
  },
})

const draftQuery = z.object({
  ...listQuery,
  ...accountQuery,
  kind: z.enum(store.DRAFT_KINDS).optional(),
  why: z.enum(WAIT_CODES).optional().describe('Waits for this, whatever else it waits for'),
})

const listRoute = readRoute({
  url: '/v1/drafts',
  scope: 'invoices:read',
  tag,
  summary: 'Documents that are due and not issued, and why; amounts are those of the last look of a run',
  query: draftQuery,
  answer: answers.drafts,
  handle: async ({ db }, { query }) => {
    const accountIds = await accountsNamed(db, query)
    const page = await listPage<store.Draft>(db, query, {
      table: 'documentDraft',
      madeAt: 'madeAt',
      narrow: (rows) => ofAccounts(rows, accountIds),
      keep: (rows) => {
        const { why, kind, text } = query
        const kept = having(rows, { 'row.kind': kind })
        const waiting =
          why === undefined ? kept : kept.where(sql<boolean>`row.reasons @> ${JSON.stringify([{ code: why }])}::jsonb`)
        return text === undefined
          ? waiting
          : withText(
              waiting
                .innerJoin('account', 'account.id', 'row.accountId')
                .innerJoin('customer', 'customer.id', 'account.customerId'),
              text,
              ['account.key', 'customer.key', 'customer.name'],
            )
      },
    })
    return { ...page, items: await viewDrafts(db, page.items) }
  },
})

/** On threads for reading: a draft is computed anew, and set for printing. */
export function draftReadRoutes(engine: BilledUsage, pdf: PdfRenderer): Route[] {
  const read = { scope: 'invoices:read', tag, params: byReference, aside: 'short' } as const
  return [
    readRoute({
      ...read,
      url: '/v1/drafts/{reference}',
      summary:
        'A draft with its documents as they would be issued now, what is odd about them, and what was said of it',
      answer: answers.draft,
      handle: async (context, { params }) => {
        const { db, nowMs } = context
        const looked = await lookAtDraft(
          await draftSources(engine, context),
          db,
          await store.getDraft(db, params.reference),
        )
        return viewDraft(db, looked, nowMs)
      },
    }),
    streamRoute({
      ...read,
      url: '/v1/drafts/{reference}/pdf',
      summary: 'A document of a draft as PDF, marked as a draft on each page',
      query: z.object({ document: z.coerce.number().int().min(1).max(10).default(1).describe('Which one, from 1 on') }),
      handle: async (context, { params, query }) => {
        const { db, nowMs } = context
        const looked = await lookAtDraft(
          await draftSources(engine, context),
          db,
          await store.getDraft(db, params.reference),
        )
        const document = printDraft(looked, nowMs)[query.document - 1]
        if (document === undefined) throw new Refusal('not_found', `the draft has no document ${query.document}`)
        const { brand, logo } = await lookOf(db, document.brand)
        return new RawAnswer('application/pdf', await pdf.render(invoicePage(document, brand), { logo }), {
          'content-disposition': 'inline; filename="draft.pdf"',
        })
      },
    }),
  ]
}

export function draftRoutes({ db: root, engine, notary, wakeJobs }: Parts): Route[] {
  const write = { scope: 'invoices:write', tag } as const
  return [
    heldRoute,
    listRoute,
    writeRoute({
      url: '/v1/drafts/{reference}/approval',
      scope: 'invoices:approve',
      tag,
      summary: 'Approve of a draft for the amount that it has; what nothing else keeps is issued at once',
      params: byReference,
      body: z.strictObject({
        total: amountText.describe('The amount that was seen: a draft that comes to another one now is not approved'),
        note: textUpTo(MAX_REASON).nullable().default(null),
      }),
      answer: answers.draftRow,
      handle: async (context, { params, body }, { caller }) => {
        const { db } = context
        const { id } = await store.getDraft(db, params.reference)
        const draft = await approveDraft(await draftSources(engine, context), db, id, body, caller)
        context.afterCommit({ kind: 'wake jobs' })
        return (await viewDrafts(db, [draft]))[0] as object
      },
    }),
    streamRoute({
      ...write,
      method: 'POST',
      url: '/v1/drafts/{reference}/issue',
      summary: 'Issue a draft now, although its grace period has not ended, or since it was asked for as a draft',
      params: byReference,
      answer: answers.issued,
      handle: async ({ db, tenant, nowMs }, { params }) => {
        const draft = await store.getDraft(db, params.reference)
        const billing = await billingOf(root, engine, tenant, nowMs)
        const documents = await issueDraft(billing, notary, draft, true)
        if (documents.length > 0) {
          await notary.ask(db, nowMs)
          wakeJobs(tenant)
          return { documents }
        }
        const left = await store.findDraft(db, draft.id)
        if (left === undefined) throw new Refusal('conflict', 'nothing of the draft is due any more')
        throw new Refusal('conflict', `the draft waits: ${left.reasons.map(({ text }) => text).join('; ')}`)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/invoice-holds',
      summary: 'Put a draft on hold, or all documents of an account, until a time or until it is released',
      status: 201,
      body: z
        .strictObject({
          account: reference.optional(),
          draft: reference.optional(),
          reason: textUpTo(MAX_REASON),
          until: instant.nullable().default(null),
        })
        .refine(({ account, draft }) => (account === undefined) !== (draft === undefined), {
          message: 'name an account or a draft',
        }),
      answer: answers.hold,
      handle: async ({ db, nowMs }, { body: { account, draft, reason, until } }, { caller }) => {
        const held = draft === undefined ? null : await store.getDraft(db, draft)
        const accountId = held?.accountId ?? (await getRow(db, 'account', account as string)).id
        const untilAt = until === null ? null : new Date(until)
        return viewHold(await placeHold(db, { accountId, draftId: held?.id ?? null, reason, untilAt }, caller, nowMs))
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/invoice-holds/{id}/release',
      summary: 'Release a hold; what nothing else keeps is issued at once',
      params: byId,
      answer: answers.hold,
      handle: async (context, { params }, { caller }) => {
        const released = await releaseHold(context.db, params.id, caller, context.nowMs)
        context.afterCommit({ kind: 'wake jobs' })
        return viewHold(released)
      },
    }),
    readRoute({
      url: '/v1/invoice-holds',
      scope: 'invoices:read',
      tag,
      summary: 'What people have put on hold',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        state: z.enum(['open', 'released']).optional(),
      }),
      answer: answers.holds,
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<store.IssueHold>(db, query, {
          table: 'issueHold',
          madeAt: 'placedAt',
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => {
            const { state, text } = query
            const named = withText(rows, text, ['row.reason'])
            return state === undefined ? named : named.where('row.releasedAt', state === 'open' ? 'is' : 'is not', null)
          },
        })
        return { ...page, items: page.items.map(viewHold) }
      },
    }),
  ]
}
