import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { key, textUpTo } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { getProForma } from '../billing/index.ts'
import { byReference, getInvoice } from '../invoices/index.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { DELIVERY_STATES, type Delivery } from './delivery.ts'
import { FORMATS, TRANSPORTS } from './ports.ts'
import { requestDelivery, retryDelivery } from './request.ts'
import { formats } from './settings.ts'
import { attemptsOf, type DeliveryAttempt, deliveriesOf, getDelivery } from './store.ts'

/** The last attempts that are shown, and deliveries of one document. */
const SHOWN = 100

const time = z.iso.datetime()
const delivery = z
  .strictObject({
    id: z.uuid(),
    document: z.strictObject({ kind: z.enum(['invoice', 'pro_forma']), id: z.uuid(), number: z.string() }),
    key: z.string().describe('A document is sent once for each; the transport where nobody chose another'),
    ...ofAccount,
    transport: z.enum(TRANSPORTS),
    formats: z.array(z.enum(FORMATS)),
    origin: z.enum(['request', 'issue']),
    to: z.strictObject({ scheme: z.string(), id: z.string().nullable() }).nullable().describe('Where it went last'),
    state: z
      .enum(DELIVERY_STATES)
      .describe('`sent`: taken by who delivers it; `unknown`: it may have been, and nobody says so'),
    reason: z.string().nullable().describe('Why it failed, or is not known: a word, such as `cannot_be_written`'),
    said: z.string().nullable().describe('The same as a sentence, with the rule that is broken; or what the peer said'),
    providerId: z.string().nullable().describe('What the peer calls it'),
    createdAt: time,
    sentAt: time.nullable(),
    endedAt: time.nullable(),
  })
  .meta({ id: 'Delivery' })
const attempt = z.strictObject({
  number: z.int(),
  kind: z.enum(['send', 'ask']),
  beganAt: time.describe('By the real clock'),
  endedAt: time.nullable(),
  outcome: z
    .enum(['sent', 'delivered', 'declined', 'unknown', 'absent'])
    .nullable()
    .describe('Null while it is under way'),
  said: z.string().nullable().describe('In the words of the peer'),
})
const withAttempts = z
  .strictObject({ ...delivery.shape, attempts: z.array(attempt).describe('The last 100') })
  .meta({ id: 'DeliveryWithAttempts' })

const sendBody = z.strictObject({
  transport: z.enum(TRANSPORTS),
  formats: formats.optional().describe('As the customer wants it when absent; through Peppol it is always `ubl`'),
  to: z.email().max(320).optional().describe('Another address of e-mail than that of the customer'),
  key: key.optional().describe('To send it once more by the same transport; the transport when absent'),
})

async function views(db: Database, rows: readonly Delivery[]): Promise<(object & { id: string })[]> {
  const names = await accountNames(
    db,
    rows.map(({ accountId }) => accountId),
  )
  return rows.map((row) => {
    const { id, documentKind: kind, documentId, number, accountId, transport, origin, state, toScheme, toId } = row
    const { reason, said, providerId, createdAt, sentAt, endedAt } = row
    return {
      ...{ id, document: { kind, id: documentId, number }, key: row.key, accountId },
      ...(names.get(accountId) as AccountNames),
      ...{ transport, formats: row.formats, origin, to: toScheme === null ? null : { scheme: toScheme, id: toId } },
      ...{ state, reason, said, providerId, createdAt, sentAt, endedAt },
    }
  })
}

function attemptView({ number, kind, beganAt, endedAt, outcome, said }: DeliveryAttempt): object {
  return { number, kind, beganAt, endedAt, outcome, said }
}

export function deliveryRoutes(): Route[] {
  const tag = 'Deliveries'
  const read = { scope: 'invoices:read', tag } as const
  const write = { scope: 'invoices:write', tag } as const
  const byId = z.object({ id: z.uuid() })
  const view = async (db: Database, row: Delivery): Promise<object> => (await views(db, [row]))[0] as object
  const sendRoute = (
    url: string,
    summary: string,
    documentKind: Delivery['documentKind'],
    find: (
      db: Database,
      reference: string,
    ) => Promise<{ readonly id: string; readonly accountId: string; readonly document: { readonly number: string } }>,
  ): Route =>
    writeRoute({
      ...write,
      ...{ url, summary, status: 201, params: byReference, body: sendBody, answer: delivery },
      handle: async ({ db, nowMs, afterCommit }, { params, body }) => {
        const { id: documentId, accountId, document } = await find(db, params.reference)
        const named = { documentKind, documentId, accountId, number: document.number }
        afterCommit({ kind: 'wake jobs' })
        return view(db, await requestDelivery(db, named, body, nowMs))
      },
    })
  return [
    sendRoute(
      '/v1/invoices/{reference}/deliveries',
      'Send a document to its customer, by e-mail, into a folder or through Peppol; once by each, unless another key is given',
      'invoice',
      getInvoice,
    ),
    sendRoute(
      '/v1/pro-forma-invoices/{reference}/deliveries',
      'Send a pro forma invoice by e-mail, as PDF',
      'pro_forma',
      getProForma,
    ),
    readRoute({
      ...read,
      url: '/v1/invoices/{reference}/deliveries',
      summary: 'How a document went to its customer: the first hundred deliveries of it',
      params: byReference,
      answer: z.strictObject({ items: z.array(delivery) }),
      handle: async ({ db }, { params }) => {
        const { id } = await getInvoice(db, params.reference)
        return { items: await views(db, await deliveriesOf(db, id, SHOWN)) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/deliveries',
      summary: 'Documents on their way; `state=failed` has those that somebody has to see to',
      query: z.object({
        ...listQuery,
        text: textUpTo(128).optional().describe('A part of a number or key'),
        account: accountQuery.account.optional(),
        customer: accountQuery.customer.optional(),
        state: z.enum(DELIVERY_STATES).optional(),
        transport: z.enum(TRANSPORTS).optional(),
      }),
      answer: listOf(delivery),
      handle: async ({ db }, { query }) => {
        const { state, transport } = query
        const accounts = await accountsNamed(db, query)
        const page = await listPage<Delivery>(db, query, {
          table: 'delivery',
          madeAt: 'createdAt',
          narrow: (rows) => ofAccounts(rows, accounts),
          keep: (rows) => {
            const inState = state === undefined ? rows : rows.where('row.state', '=', state)
            const by = transport === undefined ? inState : inState.where('row.transport', '=', transport)
            return withText(by, query.text, ['row.number', 'row.key'])
          },
        })
        return { ...page, items: await views(db, page.items) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/deliveries/{id}',
      summary: 'A delivery with its attempts, and what the peer said in each',
      params: byId,
      answer: withAttempts,
      handle: async ({ db }, { params }) => {
        const row = await getDelivery(db, params.id)
        return { ...(await view(db, row)), attempts: (await attemptsOf(db, row.id, SHOWN)).map(attemptView) }
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/deliveries/{id}/retry',
      summary: 'Try a delivery once more that has failed, or of which nobody knows whether it was sent',
      params: byId,
      answer: delivery,
      handle: async ({ db, nowMs, afterCommit }, { params }) => {
        afterCommit({ kind: 'wake jobs' })
        return view(db, await retryDelivery(db, params.id, nowMs))
      },
    }),
  ]
}
