import { z } from 'zod'
import { NOTICE_CHANNELS } from '../../core/notifications/channels.ts'
import { NOTICE_KINDS } from '../../core/notifications/kinds.ts'
import { ANY, isWanted } from '../../core/notifications/preferences.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import { getContact } from './contact-store.ts'
import { preferenceSet } from './events.ts'
import { channel, kindName } from './notice-settings.ts'
import { notePreference, preferenceHistory, preferencesOf } from './preference-store.ts'

/** Of a history, how much is shown. */
const SHOWN = 100

const any = z.literal(ANY)
const said = {
  kind: z.union([kindName, any]).describe('`*` is all'),
  channel: z.union([channel, any]).describe('`*` is all'),
  isWanted: z.boolean().nullable().describe('Null takes back what was said'),
}
const ofContact = z.uuid().optional().describe('The id of a contact; the customer itself where it is absent')
const answer = z
  .strictObject({
    customer: z.string(),
    contact: z.string().nullable().describe('Its key; null is the customer itself'),
    said: z.array(z.strictObject({ ...said, isWanted: z.boolean() })).describe('What holds'),
    unwanted: z
      .array(z.strictObject({ kind: z.string(), channel: z.string() }))
      .describe('What is so not sent by any channel, or by one'),
    history: z
      .array(
        z.strictObject({
          ...said,
          origin: z.enum(['request', 'link', 'one_click', 'complaint']),
          createdAt: z.iso.datetime(),
        }),
      )
      .describe(`All that was said, the newest first; at most ${SHOWN}`),
  })
  .meta({ id: 'NoticePreferences' })

interface Person {
  readonly id: string
  readonly customerId: string
  readonly customer: string
  readonly contact: string | null
}

async function personOf(db: Database, named: string, contactId: string | undefined): Promise<Person> {
  const { id: customerId, key: customer } = await getRow(db, 'customer', named)
  if (contactId === undefined) return { id: customerId, customerId, customer, contact: null }
  const contact = await getContact(db, contactId)
  if (contact.customerId !== customerId) throw new Refusal('not_found', `contact ${contactId} is none of ${customer}`)
  return { id: contact.id, customerId, customer, contact: contact.key }
}

async function view(db: Database, { id, customer, contact }: Person): Promise<object> {
  const holds = await preferencesOf(db, id)
  const unwanted = NOTICE_KINDS.flatMap((kind) => {
    const channels = NOTICE_CHANNELS.filter((one) => !isWanted(kind, one, holds))
    const isAll = channels.length === NOTICE_CHANNELS.length
    return (isAll ? [ANY] : channels).map((by) => ({ kind: kind.name, channel: by }))
  })
  const history = await preferenceHistory(db, id, SHOWN)
  const shown = history.map(({ kind, channel: by, isWanted: wanted, origin, createdAt }) => ({
    ...{ kind, channel: by, isWanted: wanted, origin, createdAt },
  }))
  return { customer, contact, said: holds, unwanted, history: shown }
}

/** What people want to be told of, and by what. */
export function noticePreferenceRoutes(): Route[] {
  const url = '/v1/customers/{reference}/notice-preferences'
  const tag = 'Notifications'
  const params = z.object({ reference })
  const query = z.object({ contact: ofContact })
  return [
    readRoute({
      ...{ url, scope: 'customers:read', tag, params, query, answer },
      summary: 'What somebody wants to be told of, and by what, with its history',
      handle: async ({ db }, { params: named, query: { contact } }) =>
        view(db, await personOf(db, named.reference, contact)),
    }),
    writeRoute({
      ...{ url, scope: 'customers:write', tag, params, query, answer },
      summary: 'Note what somebody wants to be told of, or does not; mandatory kinds are sent all the same',
      body: z.strictObject(said),
      handle: async ({ db, nowMs }, { params: named, query: { contact }, body }) => {
        const person = await personOf(db, named.reference, contact)
        const { id: personId, customerId } = person
        const change = { ...body, customerId, personId, origin: 'request' } as const
        if (await notePreference(db, change, nowMs))
          await publish(db, [eventOf(preferenceSet, { objectId: personId, customerId }, change)], nowMs)
        return view(db, person)
      },
    }),
  ]
}
