import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { type EventType, envelope, type StoredEvent } from '../../platform/events/event-type.ts'
import { numberEvents } from '../../platform/events/number-events.ts'
import { type ListRows, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { notFound } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import { typesMeant } from './types-meant.ts'
import { BEFORE, viewEvent } from './view.ts'

const reference = z.string().min(1).max(128)

const eventQuery = z.object({
  ...listQuery,
  text: listQuery.text.describe('A part of a type, or of what it is about'),
  type: z.string().min(1).max(2_000).optional().describe('Such as `invoice.issued`, or `invoice.*,payment.recorded`'),
  object: reference.optional().describe('The id or code of what it is about'),
  account: reference.optional().describe('Its id or key'),
  customer: reference.optional().describe('Its id or key'),
})
type EventQuery = z.output<typeof eventQuery>

const eventAnswer = z
  .strictObject({
    ...envelope,
    data: z.looseObject({}).describe('What the type tells: docs/events.md, and `webhooks` of this description'),
    kind: z
      .string()
      .optional()
      .meta({ deprecated: true, description: 'What the type was called before; in two types alone' }),
    payload: z
      .looseObject({})
      .optional()
      .meta({ deprecated: true, description: 'The same as `data`; in two types alone' }),
  })
  .meta({ id: 'Event' })

/** What happened, in the order in which it can be followed. @param catalogue what can happen at all */
export function eventRoutes(catalogue: readonly EventType[]): Route[] {
  const read = { scope: 'events:read', orScope: 'balances:read', tag: 'Events' } as const
  return [
    readRoute({
      ...read,
      url: '/v1/events',
      summary: 'What happened, in an order that can be followed: whoever asks behind the last event misses none',
      query: eventQuery,
      answer: listOf(eventAnswer),
      handle: async ({ db, tenant }, { query }, { caller }) => {
        const types = typesOf(catalogue, query.type)
        const narrow = await narrowed(db, query)
        await numberEvents(db, tenant.schema)
        const page = await listPage<StoredEvent>(db, query, {
          table: 'event',
          madeAt: 'createdAt',
          position: 'seq',
          narrow,
          keep: (rows) => withTypes(withTypes(withText(rows, query.text, TEXTS), types), shownTo(caller)),
        })
        return { ...page, items: page.items.map(viewEvent) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/events/{id}',
      summary: 'Read an event',
      params: z.object({ id: z.uuid() }),
      answer: eventAnswer,
      handle: async ({ db, tenant }, { params: { id } }, { caller }) => {
        await numberEvents(db, tenant.schema)
        const query = db.selectFrom('event').selectAll().where('id', '=', id).where('seq', 'is not', null)
        const found = (await query.executeTakeFirst()) as StoredEvent | undefined
        const isShown = found !== undefined && shownTo(caller)?.includes(found.type) !== false
        if (!isShown) throw notFound(`event ${id}`, '/v1/events', 'event list')
        return viewEvent(found)
      },
    }),
  ]
}

const OF_BEFORE = Object.keys(BEFORE)
const TEXTS = ['row.type', 'row.objectId']

/** The types that a caller may see; null for all. */
function shownTo({ scopes }: { readonly scopes: readonly string[] }): readonly string[] | null {
  return scopes.includes('events:read') ? null : OF_BEFORE
}

/** The types that a filter means; null for all. */
function typesOf(catalogue: readonly EventType[], filter: string | undefined): readonly string[] | null {
  return filter === undefined ? null : typesMeant(catalogue, filter.split(','))
}

function withTypes(rows: ListRows, types: readonly string[] | null): ListRows {
  return types === null ? rows : rows.where('row.type', 'in', types)
}

/** What has an index. */
async function narrowed(
  db: Database,
  { object, account, customer }: EventQuery,
): Promise<(rows: ListRows) => ListRows> {
  const accountId = account === undefined ? undefined : (await getRow(db, 'account', account)).id
  const customerId = customer === undefined ? undefined : (await getRow(db, 'customer', customer)).id
  return (rows) => {
    let found = rows.where('event.seq', 'is not', null)
    if (object !== undefined) found = found.where('event.objectId', '=', object)
    if (accountId !== undefined) found = found.where('event.accountId', '=', accountId)
    if (customerId !== undefined) found = found.where('event.customerId', '=', customerId)
    return found
  }
}
