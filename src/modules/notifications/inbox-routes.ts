import { z } from 'zod'
import { reference } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { notFound } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import type { NoticeSend } from './notice.ts'

const time = z.iso.datetime()
const entry = z
  .strictObject({
    id: z.uuid(),
    notice: z.uuid(),
    kind: z.string(),
    person: z.uuid().describe('The contact, or the customer itself'),
    subject: z.string().nullable(),
    text: z.string().nullable(),
    createdAt: time,
    readAt: time.nullable(),
  })
  .meta({ id: 'InboxEntry' })

function view({ id, noticeId: notice, kind, personId: person, subject, text, createdAt, readAt }: NoticeSend): object {
  return { id, notice, kind, person, subject, text, createdAt, readAt }
}

/** What stands in the inbox of a customer, for portals and apps. */
export function inboxRoutes(): Route[] {
  const tag = 'Notifications'
  return [
    readRoute({
      url: '/v1/customers/{reference}/inbox',
      ...{ scope: 'customers:read', tag },
      summary: 'What was said to a customer and its contacts, as a portal or an app shows it',
      params: z.object({ reference }),
      query: z.object({
        ...listQuery,
        text: z.undefined().optional(),
        contact: z.uuid().optional().describe('The id of a contact'),
        unread: z.stringbool().optional().describe('Only what nobody has read'),
      }),
      answer: listOf(entry),
      handle: async ({ db }, { params, query }) => {
        const { id } = await getRow(db, 'customer', params.reference)
        const page = await listPage<NoticeSend>(db, query, {
          table: 'noticeSend',
          madeAt: 'createdAt',
          narrow: (rows) => rows.where('noticeSend.customerId', '=', id),
          keep: (rows) => {
            const entries = rows.where('row.channel', '=', 'inbox').where('row.state', '=', 'delivered')
            const own = query.contact === undefined ? entries : entries.where('row.personId', '=', query.contact)
            return query.unread === true ? own.where('row.readAt', 'is', null) : own
          },
        })
        return { ...page, items: page.items.map(view) }
      },
    }),
    writeRoute({
      url: '/v1/notice-messages/{id}/read',
      ...{ scope: 'customers:write', tag },
      summary: 'Note that somebody has read a message: a way that was to follow if not is not taken',
      params: z.object({ id: z.uuid() }),
      answer: entry,
      handle: async ({ db, nowMs }, { params }) => {
        const query = db.selectFrom('noticeSend').selectAll().where('id', '=', params.id)
        const send = (await query
          .where('state', 'in', ['sent', 'delivered', 'unknown'])
          .forUpdate()
          .executeTakeFirst()) as NoticeSend | undefined
        if (send === undefined) throw notFound(`message ${params.id} that was sent`, '/v1/notices', 'notice list')
        const readAt = send.readAt ?? new Date(nowMs)
        if (send.readAt === null) {
          await db.updateTable('noticeSend').set({ readAt }).where('id', '=', send.id).execute()
          // Whoever has read it somewhere need not be told by the ways that are left.
          await db
            .updateTable('noticeSend')
            .set({ state: 'suppressed', reason: 'not_needed', endedAt: new Date(nowMs) })
            .where('noticeId', '=', send.noticeId)
            .where('personId', '=', send.personId)
            .where('channel', '<>', 'inbox')
            .where('step', '>', 0)
            .where('state', 'in', ['stand_by', 'waiting'])
            .execute()
        }
        return view({ ...send, readAt })
      },
    }),
  ]
}
