import { sql } from 'kysely'
import { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { having, type ListRows, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { byReference, getInvoice, getInvoices } from '../invoices/index.ts'
import { accountInUse, accountNames, accountQuery, accountsNamed, ofAccount, ofAccounts } from '../parties/index.ts'
import { linkEvent } from './events.ts'
import { assertAsks, MOST_DAYS, type NewLink, newLink, storeLink } from './service.ts'
import { paymentLinkTerms } from './settings.ts'
import { getLink, LINK_PURPOSES, LINK_STATES, linkStateAt, type PaymentLink, revokeLink } from './store.ts'

const tag = 'Payments'
const shown = {
  id: z.uuid(),
  ...ofAccount,
  purpose: z.enum(LINK_PURPOSES).describe('What it asks for; a `top_up` is of any amount'),
  invoiceId: z.uuid().nullable(),
  number: z.string().nullable().describe('Of the document'),
  origin: z.enum(['request', 'issued']).describe('`issued`: it stands on the document'),
  state: z.enum(LINK_STATES),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  revokeReason: z.string().nullable(),
}
const linkAnswer = z.strictObject(shown).meta({ id: 'PaymentLink' })
const newLinkAnswer = z.strictObject({ ...shown, url: z.url().describe('Where the payer pays: it is shown this once') })
const openDays = z.int().min(1).max(MOST_DAYS).optional().describe('How long it opens; as the settings say when absent')

async function viewLinks(db: Database, links: readonly PaymentLink[], nowMs: number): Promise<object[]> {
  const names = await accountNames(
    db,
    links.map(({ accountId }) => accountId),
  )
  const documents = await getInvoices(
    db,
    links.flatMap(({ invoiceId }) => invoiceId ?? []),
  )
  const numbers = new Map(documents.map(({ id, document }) => [id, document.number]))
  return links.map((link) => {
    const { id, accountId, purpose, invoiceId, origin, createdAt, expiresAt, revokedAt, revokeReason } = link
    return {
      ...{ id, accountId, ...present(names.get(accountId), 'an account'), purpose, invoiceId, origin },
      number: invoiceId === null ? null : numbers.get(invoiceId),
      ...{ state: linkStateAt(link, nowMs), createdAt, expiresAt, revokedAt, revokeReason },
    }
  })
}

/** Narrows links to those of a state. */
function inState(rows: ListRows, state: (typeof LINK_STATES)[number] | undefined, nowMs: number): ListRows {
  if (state === undefined) return rows
  if (state === 'revoked') return rows.where(sql<boolean>`"row".revoked_at is not null`)
  const isOver = sql`"row".expires_at <= ${new Date(nowMs)}`
  return rows.where(sql<boolean>`"row".revoked_at is null and ${state === 'expired' ? isOver : sql`not (${isOver})`}`)
}

/** @param publicUrl where browsers find this server */
export function paymentLinkRoutes(publicUrl: () => string): Route[] {
  const made = async ({ db, nowMs }: WriteContext, make: (days: number) => NewLink): Promise<object> => {
    const { link, url } = make((await paymentLinkTerms(db)).openDays)
    await storeLink(db, link, nowMs)
    return { ...(await viewLinks(db, [link], nowMs))[0], url }
  }
  return [
    writeRoute({
      url: '/v1/invoices/{reference}/payment-links',
      scope: 'payments:write',
      tag,
      summary:
        'Make a link by which whoever has it can pay a document in a browser. Its address is answered this once, and kept nowhere',
      status: 201,
      hasSecret: true,
      params: byReference,
      body: z.strictObject({ openDays }),
      answer: newLinkAnswer,
      handle: async (context, { params, body }, { caller }) => {
        const { id, accountId, kind, document } = await getInvoice(context.db, params.reference)
        assertAsks(kind, document.number)
        const draft = { accountId, purpose: 'document', invoiceId: id, origin: 'request', madeBy: caller.id } as const
        return made(context, (days) =>
          newLink(context.tenant, publicUrl(), { ...draft, openDays: body.openDays ?? days }, context.nowMs),
        )
      },
    }),
    writeRoute({
      url: '/v1/accounts/{reference}/payment-links',
      scope: 'payments:write',
      tag,
      summary: 'The same for all open items of an account, or to top it up by an amount that the payer chooses',
      status: 201,
      hasSecret: true,
      params: z.object({ reference: z.string().min(1).max(128) }),
      body: z.strictObject({ for: z.enum(['open_items', 'top_up']), openDays }),
      answer: newLinkAnswer,
      handle: async (context, { params, body }, { caller }) => {
        const { id: accountId } = await accountInUse(context.db, params.reference)
        const draft = { accountId, purpose: body.for, invoiceId: null, origin: 'request', madeBy: caller.id } as const
        return made(context, (days) =>
          newLink(context.tenant, publicUrl(), { ...draft, openDays: body.openDays ?? days }, context.nowMs),
        )
      },
    }),
    writeRoute({
      url: '/v1/payment-links/{id}/revoke',
      scope: 'payments:write',
      tag,
      summary: 'Have a link open no longer. What was begun by it goes on',
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({ reason: textUpTo(500).nullable().default(null) }),
      answer: linkAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const link = await getLink(db, params.id)
        if (!(await revokeLink(db, link.id, body.reason, nowMs)))
          throw new Refusal('conflict', 'the link is revoked already')
        await publish(db, [linkEvent(link, 'revoked', body.reason)], nowMs)
        return (await viewLinks(db, [await getLink(db, link.id)], nowMs))[0]
      },
    }),
    readRoute({
      url: '/v1/payment-links/{id}',
      scope: 'payments:read',
      tag,
      summary: 'A link to pay by, without its address',
      params: z.object({ id: z.uuid() }),
      answer: linkAnswer,
      handle: async ({ db, nowMs }, { params }) => (await viewLinks(db, [await getLink(db, params.id)], nowMs))[0],
    }),
    readRoute({
      url: '/v1/payment-links',
      scope: 'payments:read',
      tag,
      summary: 'Links to pay by, without their addresses',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        invoice: z.string().min(1).max(64).optional().describe('The id or number of a document'),
        purpose: z.enum(LINK_PURPOSES).optional(),
        state: z.enum(LINK_STATES).optional(),
      }),
      answer: listOf(linkAnswer),
      handle: async ({ db, nowMs }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { state, purpose, invoice } = query
        const invoiceId = invoice === undefined ? undefined : (await getInvoice(db, invoice)).id
        const page = await listPage<PaymentLink>(db, query, {
          ...{ table: 'paymentLink', madeAt: 'createdAt' },
          narrow: (rows) => having(ofAccounts(rows, accountIds), { 'row.invoiceId': invoiceId }),
          keep: (rows) => inState(having(rows, { 'row.purpose': purpose }), state, nowMs),
        })
        return { ...page, items: await viewLinks(db, page.items, nowMs) }
      },
    }),
  ]
}
