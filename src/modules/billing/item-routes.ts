import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { invoicePage } from '../../core/pages/invoice-page.ts'
import { reference } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { RawAnswer, type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { lookOf, type PdfRenderer } from '../brands/index.ts'
import { document as documentAnswer } from '../invoices/index.ts'
import type { Parts } from '../module.ts'
import { accountNames, accountQuery, accountsNamed, getRow, ofAccount, ofAccounts } from '../parties/index.ts'
import { asked, items, itemsOf } from './item-schemas.ts'
import { billingOf, sourcesOf } from './load-facts.ts'
import { makeOneOff, type OneOffOutcome } from './one-off.ts'
import { getProForma, invoiceKeyOf, makeProForma, type ProForma } from './pro-forma.ts'

const tag = 'Invoices'
const id = z.uuid()
const byReference = z.object({
  reference: reference.describe('An id, a number such as PF-000001, or a key'),
})
const amount = z.string().describe('A decimal of the currency')

const oneOffAnswer = z
  .strictObject({
    id,
    key: z.string(),
    ...ofAccount,
    invoiceId: id.nullable().describe('Null as long as it is not issued'),
    draftId: id.nullable().describe('Of the draft that it waits as'),
  })
  .meta({ id: 'OneOffInvoice' })

const proFormaAnswer = z.strictObject({
  id,
  key: z.string(),
  ...ofAccount,
  number: z.string(),
  of: z.enum(['items', 'next_bill']),
  currency: z.string(),
  total: amount,
  issuedOn: z.iso.date(),
})

async function viewOneOff({ db }: ReadContext, { oneOff, invoiceId, draftId }: OneOffOutcome): Promise<object> {
  const { id: oneOffId, key, accountId } = oneOff
  const names = (await accountNames(db, [accountId])).get(accountId)
  return { id: oneOffId, key, accountId, ...names, invoiceId, draftId }
}

async function viewProFormas({ db }: ReadContext, rows: readonly ProForma[]): Promise<object[]> {
  const names = await accountNames(
    db,
    rows.map(({ accountId }) => accountId),
  )
  return rows.map(({ id: own, key, accountId, document, content, currency, totalMinor, issuedOn }) => ({
    ...{ id: own, key, accountId, ...names.get(accountId), number: document.number },
    of: content === null ? 'next_bill' : 'items',
    ...{ currency, total: formatMinor(BigInt(totalMinor), currency), issuedOn },
  }))
}

export function itemRoutes({ db: root, engine, notary }: Parts): Route[] {
  const write = { scope: 'invoices:write', tag } as const
  const read = { scope: 'invoices:read', tag } as const
  return [
    streamRoute({
      ...write,
      method: 'POST',
      url: '/v1/one-off-invoices',
      summary: 'An invoice of lines that somebody writes, taxed and numbered as others; the key is never billed twice',
      status: 201,
      body: z.strictObject({
        ...asked,
        lines: items,
        advance: z
          .boolean()
          .default(false)
          .describe('Whether it asks for money for supplies to come: paid, it comes off the documents of these'),
        draft: z.boolean().default(false).describe('Whether it waits until somebody issues it'),
      }),
      answer: oneOffAnswer,
      handle: async (context, { body }, { caller }) => {
        const { db, tenant, nowMs } = context
        const account = await getRow(db, 'account', body.account)
        const billing = await billingOf(root, engine, tenant, nowMs)
        const drafted = itemsOf(body.lines, dayOf(nowMs, account.zone))
        const request = { key: body.key, items: drafted, isDraft: body.draft, isAdvance: body.advance }
        const outcome = await makeOneOff(billing, account.id, request, caller)
        if (outcome.invoiceId !== null) await notary.ask(db, nowMs)
        return viewOneOff(context, outcome)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/pro-forma-invoices',
      summary:
        'A document of what would be billed, of lines or of the next bill: no invoice, in no ledger, owed by nobody',
      status: 201,
      body: z.strictObject({ ...asked, lines: items.optional().describe('The next bill where they are absent') }),
      answer: proFormaAnswer.meta({ id: 'ProFormaInvoice' }),
      handle: async (context, { body }, { caller }) => {
        const { db, tenant, nowMs } = context
        const account = await getRow(db, 'account', body.account)
        const drafted = body.lines === undefined ? null : itemsOf(body.lines, dayOf(nowMs, account.zone))
        const sources = await sourcesOf(engine, db, tenant)
        const made = await makeProForma(sources, db, account.id, { key: body.key, items: drafted }, caller, nowMs)
        return (await viewProFormas(context, [made]))[0] as object
      },
    }),
    readRoute({
      ...read,
      url: '/v1/pro-forma-invoices',
      summary: 'Pro forma invoices',
      query: z.object({ ...listQuery, ...accountQuery }),
      answer: listOf(proFormaAnswer),
      handle: async (context, { query }) => {
        const accountIds = await accountsNamed(context.db, query)
        const page = await listPage<ProForma>(context.db, query, {
          table: 'proForma',
          madeAt: 'createdAt',
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => withText(rows, query.text, ['row.key']),
        })
        return { ...page, items: await viewProFormas(context, page.items) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/pro-forma-invoices/{reference}',
      summary: 'A pro forma invoice with its document',
      params: byReference,
      answer: proFormaAnswer
        .extend({
          document: documentAnswer.extend({
            lines: z.array(documentAnswer.shape.lines.element.extend({ id: z.string() })),
          }),
        })
        .meta({ id: 'ProFormaWithDocument' }),
      handle: async (context, { params }) => {
        const found = await getProForma(context.db, params.reference)
        return { ...((await viewProFormas(context, [found]))[0] as object), document: found.document }
      },
    }),
    streamRoute({
      ...write,
      method: 'POST',
      url: '/v1/pro-forma-invoices/{reference}/invoice',
      summary: 'The invoice of a pro forma of lines, once; asked again, the same one',
      params: byReference,
      status: 201,
      answer: oneOffAnswer,
      handle: async (context, { params }, { caller }) => {
        const { db, tenant, nowMs } = context
        const found = await getProForma(db, params.reference)
        if (found.content === null)
          throw new Refusal('conflict', 'it shows the next bill, which a bill run issues when it is due')
        const billing = await billingOf(root, engine, tenant, nowMs)
        const request = { key: invoiceKeyOf(found), items: found.content.items, isDraft: false }
        const outcome = await makeOneOff(billing, found.accountId, request, caller)
        if (outcome.invoiceId !== null) await notary.ask(db, nowMs)
        return viewOneOff(context, outcome)
      },
    }),
  ]
}

export function itemReadRoutes(pdf: PdfRenderer): Route[] {
  return [
    streamRoute({
      url: '/v1/pro-forma-invoices/{reference}/pdf',
      scope: 'invoices:read',
      tag,
      summary: 'A pro forma invoice as PDF',
      params: byReference,
      aside: 'short',
      handle: async ({ db }, { params }) => {
        const { document } = await getProForma(db, params.reference)
        const { brand, logo } = await lookOf(db, document.brand)
        return new RawAnswer('application/pdf', await pdf.render(invoicePage(document, brand), { logo }), {
          'content-disposition': `inline; filename="${document.number}.pdf"`,
        })
      },
    }),
  ]
}
