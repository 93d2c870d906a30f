import { z } from 'zod'
import { findKind, type NoticeKind } from '../../core/notifications/kinds.ts'
import { LANGUAGES } from '../../core/words/languages.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { askedBy, assertAnotherPerson } from '../../platform/four-eyes.ts'
import { reference, thingKey } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { assertBrand } from '../brands/index.ts'
import { getRow } from '../parties/index.ts'
import { templateEvents } from './events.ts'
import { value } from './notice-schemas.ts'
import { channel, kindName, noticeTerms } from './notice-settings.ts'
import { renderNotice } from './render.ts'
import type { RenderedNotice } from './template-engine.ts'
import { decideTemplate, findTemplate, insertTemplate, lockTemplate, type NoticeTemplate } from './template-store.ts'

/** Longest of each part, in characters. */
const [MOST_SUBJECT, MOST_TEXT] = [500, 20_000]
const LIQUID = 'LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`'

const parts = {
  subject: z.string().max(MOST_SUBJECT).nullable().default(null).describe(`Of channels that have one. ${LIQUID}`),
  text: z.string().min(1).max(MOST_TEXT).describe(LIQUID),
  html: z
    .string()
    .max(MOST_TEXT)
    .nullable()
    .default(null)
    .describe('Of e-mail, besides the text; what is put in is escaped'),
}
const meant = {
  kind: kindName,
  channel: z
    .union([channel, z.literal('*')])
    .default('*')
    .describe('`*` is any'),
  language: z.enum(LANGUAGES),
  brand: thingKey.nullable().default(null).describe('Null is for all brands'),
}
const shown = {
  id: z.uuid(),
  ...meant,
  ...parts,
  version: z.int(),
  state: z.enum(['draft', 'approved', 'rejected']).describe('The last version that was approved is used'),
  ...askedBy,
  createdAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
}
const answer = z.strictObject(shown).meta({ id: 'NoticeTemplate' })
const preview = z
  .strictObject({ subject: z.string().nullable(), text: z.string(), html: z.string().nullable() })
  .meta({ id: 'NoticePreview' })

/** Writes a template out with samples. @throws Refusal `unprocessable` with what is wrong with it */
async function tryOut(
  { tenant }: Pick<ReadContext, 'tenant'>,
  { name: kind, fields, isMandatory }: NoticeKind,
  template: Pick<NoticeTemplate, 'subject' | 'text' | 'html' | 'language'> | null,
  names: { readonly customer: string; readonly account: string; readonly seller: string },
  more: Readonly<Record<string, string | number | boolean | null>> = {},
  by: { readonly channel: string; readonly language: (typeof LANGUAGES)[number]; readonly zone: string },
): Promise<RenderedNotice> {
  return renderNotice(tenant.name, {
    ...{ kind, channel: by.channel, language: by.language, template, zone: by.zone },
    values: { ...names, ...fields, ...more },
    unsubscribeUrl: isMandatory ? null : 'https://kvit.example/unsubscribe/…',
  })
}

const SAMPLE = { customer: 'Ann Example', account: 'ann', seller: 'Seller' }

/** What a tenant says in place of the words that Kvit ships, in versions, and what messages would say. */
export function templateRoutes(): Route[] {
  const tag = 'Notifications'
  const byId = z.object({ id: z.uuid() })
  const decideRoute = (decision: 'approved' | 'rejected'): Route =>
    writeRoute({
      url: `/v1/notice-templates/{id}/${decision === 'approved' ? 'approve' : 'reject'}`,
      ...{ scope: 'settings:write', tag, params: byId, answer },
      summary:
        decision === 'approved'
          ? 'Approve of a template: messages are written by it from now on; by another person where the settings say so'
          : 'Reject a template that was drafted',
      handle: async ({ db, nowMs }, { params }, request) => {
        const draft = await lockTemplate(db, params.id)
        if (draft.state !== 'draft')
          throw new Refusal('conflict', `the template is ${draft.state}: draft another version`)
        const { approveTemplates } = await noticeTerms(db)
        if (approveTemplates && decision === 'approved') assertAnotherPerson(draft, request.caller)
        const decided = await decideTemplate(db, draft, decision, request.caller.id, nowMs)
        await publish(db, [eventOf(templateEvents[decision], { objectId: draft.id }, draft)], nowMs)
        return decided
      },
    })
  return [
    readRoute({
      url: '/v1/notice-templates',
      ...{ scope: 'settings:read', tag },
      summary: 'What the tenant says in place of the words that Kvit ships, in all versions',
      query: z.object({
        ...listQuery,
        text: z.undefined().optional(),
        kind: kindName.optional(),
        language: z.enum(LANGUAGES).optional(),
        state: z.enum(['draft', 'approved', 'rejected']).optional(),
      }),
      answer: listOf(answer),
      handle: async ({ db }, { query }) => {
        const { kind, language, state } = query
        return listPage<NoticeTemplate>(db, query, {
          table: 'noticeTemplate',
          madeAt: 'createdAt',
          keep: (rows) => having(rows, { 'row.kind': kind, 'row.language': language, 'row.state': state }),
        })
      },
    }),
    writeRoute({
      url: '/v1/notice-templates',
      ...{ scope: 'settings:write', tag, status: 201, answer },
      summary: 'Draft a version of what is said of a kind; it is tried out with samples, and used when it is approved',
      body: z.strictObject({ ...meant, ...parts }),
      handle: async ({ db, nowMs, tenant }, { body }, request) => {
        await assertBrand(db, body.brand)
        const kind = findKind(body.kind) as NoticeKind
        const by = { channel: body.channel === '*' ? 'email' : body.channel, language: body.language, zone: 'UTC' }
        await tryOut({ tenant }, kind, body, SAMPLE, {}, by)
        const { id: requestedBy, person: requestedByPerson } = request.caller
        const draft = { ...body, id: newId(), requestedBy, requestedByPerson, createdAt: new Date(nowMs) }
        const made = await insertTemplate(db, draft)
        await publish(db, [eventOf(templateEvents.drafted, { objectId: made.id }, made)], nowMs)
        return made
      },
    }),
    decideRoute('approved'),
    decideRoute('rejected'),
    streamRoute({
      method: 'POST',
      url: '/v1/notice-previews',
      ...{ scope: 'customers:read', tag, answer: preview },
      summary:
        'What a message would say to a customer, by the template that is used or by one that is sent; nothing is kept',
      body: z.strictObject({
        kind: kindName,
        account: reference.describe('Whose names, language and brand it has'),
        channel: channel.default('email'),
        language: z.enum(LANGUAGES).optional().describe('That of the customer unless set'),
        data: z.record(z.string().max(40), value).default({}).describe('In place of the samples'),
        template: z.strictObject(parts).optional().describe('One that is not kept yet'),
      }),
      handle: async (context, { body }) => {
        const { db } = context
        const account = await getRow(db, 'account', body.account)
        const customer = await getRow(db, 'customer', account.customerId)
        const issuer = await getRow(db, 'issuer', account.issuerId)
        const language = body.language ?? customer.language
        const brand = account.brand ?? issuer.brand
        const own =
          body.template === undefined
            ? await findTemplate(db, { ...body, language, brand })
            : { ...body.template, language }
        const names = { customer: customer.name, account: account.key, seller: issuer.name }
        const by = { channel: body.channel, language, zone: account.zone }
        return tryOut(context, findKind(body.kind) as NoticeKind, own, names, body.data, by)
      },
    }),
  ]
}
