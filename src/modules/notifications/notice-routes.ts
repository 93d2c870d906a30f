import { z } from 'zod'
import { findKind, NOTICE_KINDS } from '../../core/notifications/kinds.ts'
import { wordsIn } from '../../core/notifications/shipped.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { key, reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import { accountInUse, accountQuery, accountsNamed, ofAccounts } from '../parties/index.ts'
import { askNotice } from './ask-notice.ts'
import { noticeRequested } from './events.ts'
import { NOTICE_STATES, type Notice } from './notice.ts'
import { kindAnswer, noticeAnswer, value, withSends } from './notice-schemas.ts'
import { channel, kindName } from './notice-settings.ts'
import { assertOfAccount, getNotice, noticeViews, sendAgain } from './notice-store.ts'

const TAG = 'Notifications'
const read = { scope: 'customers:read', tag: TAG } as const
const write = { scope: 'customers:write', tag: TAG } as const
const byId = z.object({ id: z.uuid() })

/** What was to be said, to whom, and what became of it. */
export function noticeRoutes(ring: KeyRing): Route[] {
  return [
    readRoute({
      ...read,
      url: '/v1/notice-kinds',
      summary: 'What customers can be told of: what causes it, what its texts can say, and the words that Kvit ships',
      answer: z.strictObject({ items: z.array(kindAnswer) }),
      handle: async () => ({
        items: NOTICE_KINDS.map(({ causes, ...kind }) => ({
          ...kind,
          events: [...new Set(causes.map(({ event }) => event))],
          words: wordsIn('en').words.kinds[kind.name],
        })),
      }),
    }),
    writeRoute({
      ...write,
      url: '/v1/notices',
      summary: 'Have the people of a customer told; once for each key of a kind',
      status: 201,
      body: z.strictObject({
        kind: kindName,
        account: reference.describe('The account that it is about'),
        key: key.describe('The same again is the notice that there is'),
        about: textUpTo(128).nullable().default(null).describe('What it is about: the same soon again is a duplicate'),
        data: z.record(z.string().max(40), value).default({}).describe('What its texts say: the fields of the kind'),
      }),
      answer: withSends,
      handle: async ({ db, nowMs, tenant }, { body }) => {
        const { id: accountId, customerId } = await accountInUse(db, body.account)
        const { fields } = findKind(body.kind) as (typeof NOTICE_KINDS)[number]
        const unknown = Object.keys(body.data).find((name) => !Object.hasOwn(fields, name))
        if (unknown !== undefined)
          throw new Refusal(
            'unprocessable',
            `data: ${body.kind} says ${Object.keys(fields).join(', ')}, and not ${unknown}`,
          )
        const sealing = { ring, tenant: tenant.name }
        const id = await askNotice(db, { ...body, accountId, nowMs, sealing, origin: 'request' })
        await assertOfAccount(db, id, accountId)
        const told = { kind: body.kind, origin: 'request' }
        await publish(db, [eventOf(noticeRequested, { objectId: id, accountId, customerId }, told)], nowMs)
        return getNotice(db, id)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/notice-trials',
      summary:
        'Send one message to an address of yours, with samples for what is not given: whatever the settings say, at once',
      status: 201,
      body: z.strictObject({
        kind: kindName,
        account: reference.describe('Whose names, language and brand it has'),
        channel,
        to: textUpTo(320).describe('An address of the channel'),
        data: z.record(z.string().max(40), value).default({}),
      }),
      answer: withSends,
      handle: async ({ db, nowMs, tenant }, { body }) => {
        const { id: accountId, customerId } = await accountInUse(db, body.account)
        if (body.channel === 'email' && !z.email().safeParse(body.to).success)
          throw new Refusal('unprocessable', 'to: write one address such as me@example.com')
        const { fields } = findKind(body.kind) as (typeof NOTICE_KINDS)[number]
        const request = {
          kind: body.kind,
          accountId,
          data: { ...fields, ...body.data },
          key: `trial ${newId()}`,
          nowMs,
          sealing: { ring, tenant: tenant.name },
        }
        const id = await askNotice(db, { ...request, origin: 'trial', only: { channel: body.channel, to: body.to } })
        const told = { kind: body.kind, origin: 'trial' }
        await publish(db, [eventOf(noticeRequested, { objectId: id, accountId, customerId }, told)], nowMs)
        return getNotice(db, id)
      },
    }),
    readRoute({
      ...read,
      url: '/v1/notices',
      summary: 'What customers were told of, or not, with the reason',
      query: z.object({
        ...listQuery,
        text: z.undefined().optional(),
        account: accountQuery.account.optional(),
        customer: accountQuery.customer.optional(),
        kind: kindName.optional(),
        state: z.enum(NOTICE_STATES).optional(),
      }),
      answer: listOf(noticeAnswer),
      handle: async ({ db }, { query }) => {
        const accounts = await accountsNamed(db, query)
        const page = await listPage<Notice>(db, query, {
          table: 'notice',
          madeAt: 'createdAt',
          narrow: (rows) => ofAccounts(rows, accounts),
          keep: (rows) => having(rows, { 'row.kind': query.kind, 'row.state': query.state }),
        })
        return { ...page, items: await noticeViews(db, page.items) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/notices/{id}',
      summary: 'A notice with its messages: who was told by what and when, each attempt, and what the channel said',
      params: byId,
      answer: withSends,
      handle: async ({ db }, { params }) => getNotice(db, params.id),
    }),
    writeRoute({
      ...write,
      url: '/v1/notices/{id}/resend',
      summary: 'Send those messages of a notice once more that have failed, or of which nobody knows whether they came',
      params: byId,
      answer: withSends,
      handle: async ({ db, nowMs }, { params }) => {
        const { kind, accountId, customerId, origin } = await sendAgain(db, params.id, nowMs)
        const about = { objectId: params.id, accountId, customerId }
        await publish(db, [eventOf(noticeRequested, about, { kind, origin })], nowMs)
        return getNotice(db, params.id)
      },
    }),
  ]
}
