import { z } from 'zod'
import { CONTACT_ROLES } from '../../core/notifications/channels.ts'
import { LANGUAGES } from '../../core/words/languages.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { zone } from '../../platform/http/dates.ts'
import { reference, textUpTo, thingKey } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import {
  type Contact,
  changeContact,
  contactsOf,
  type FailingAddress,
  failingAddresses,
  forgetFailures,
  getContact,
  insertContact,
} from './contact-store.ts'
import { contactEvents } from './events.ts'
import { localTime } from './notice-settings.ts'

const role = z.enum(CONTACT_ROLES)
const fields = {
  name: textUpTo(200),
  email: z.email().max(320).nullable().describe('Null is told nothing by e-mail'),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'write a number such as +380501234567')
    .nullable()
    .describe('For SMS and voice'),
  addresses: z
    .strictObject({ push: textUpTo(4_000).optional(), messenger: textUpTo(320).optional() })
    .describe('Of channels that have neither: the token of push, an id of a messenger'),
  language: z.enum(LANGUAGES).nullable().describe('Null is that of the customer'),
  zone: zone.nullable().describe('Null is that of the account that something is about'),
  roles: z
    .array(role)
    .min(1)
    .max(CONTACT_ROLES.length)
    .refine((roles) => new Set(roles).size === roles.length, 'name each once')
    .describe('What the contact is told of: what is to be paid, what works and what does not, the contract'),
  quietFrom: localTime.nullable().describe('With quietUntil: own quiet hours; null are those of the settings'),
  quietUntil: localTime.nullable(),
}
const draft = z.strictObject({
  key: thingKey,
  name: fields.name,
  email: fields.email.default(null),
  phone: fields.phone.default(null),
  addresses: fields.addresses.default({}),
  language: fields.language.default(null),
  zone: fields.zone.default(null),
  roles: fields.roles,
  quietFrom: fields.quietFrom.default(null),
  quietUntil: fields.quietUntil.default(null),
})
const changes = z.strictObject(fields).partial()

const time = z.iso.datetime()
const answer = z
  .strictObject({
    id: z.uuid(),
    customer: z.string(),
    key: z.string(),
    ...fields,
    failing: z
      .array(z.strictObject({ channel: z.string(), address: z.string(), reason: z.string(), notedAt: time }))
      .describe('Addresses that do not work: nothing is sent there until the address is set anew'),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Contact' })

function view(contact: Contact, customer: string, failing: readonly FailingAddress[]): object {
  const { customerId: _customer, removedAt: _removed, ...shown } = contact
  const own = new Set([contact.email, contact.phone, ...Object.values(contact.addresses)])
  return { ...shown, customer, failing: failing.filter(({ address }) => own.has(address)) }
}

function assertWhole({ quietFrom, quietUntil }: Pick<Contact, 'quietFrom' | 'quietUntil'>): void {
  if ((quietFrom === null) !== (quietUntil === null))
    throw new Refusal('unprocessable', 'quietFrom and quietUntil: name both, or none')
}

function assertNotErased(customer: string, erasedAt: Date | null): void {
  if (erasedAt !== null) throw new Refusal('conflict', `customer ${customer} was erased: nobody of it is named`)
}

/** Whom a customer names, to be told. */
export function contactRoutes(): Route[] {
  const tag = 'Notifications'
  const read = { scope: 'customers:read', tag } as const
  const write = { scope: 'customers:write', tag } as const
  const byId = z.object({ id: z.uuid() })
  return [
    readRoute({
      ...read,
      url: '/v1/customers/{reference}/contacts',
      summary: 'Whom something is said to at a customer; the customer itself where nobody is named',
      params: z.object({ reference }),
      answer: z.strictObject({ items: z.array(answer) }),
      handle: async ({ db }, { params }) => {
        const { id, key } = await getRow(db, 'customer', params.reference)
        const failing = await failingAddresses(db, id)
        return { items: (await contactsOf(db, [id])).map((contact) => view(contact, key, failing)) }
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/customers/{reference}/contacts',
      summary: 'Name somebody at a customer, with what they are there',
      status: 201,
      params: z.object({ reference }),
      body: draft,
      answer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { id: customerId, key: customer, erasedAt } = await getRow(db, 'customer', params.reference)
        assertNotErased(customer, erasedAt)
        assertWhole(body)
        const at = new Date(nowMs)
        const times = { createdAt: at, updatedAt: at, removedAt: null }
        const addresses = body.addresses as Contact['addresses']
        const contact: Contact = { ...body, addresses, id: newId(), customerId, ...times }
        await insertContact(db, contact)
        await publish(
          db,
          [eventOf(contactEvents.created, { objectId: contact.id, customerId }, contact as never)],
          nowMs,
        )
        return view(contact, customer, [])
      },
    }),
    writeRoute({
      ...write,
      method: 'PATCH',
      url: '/v1/contacts/{id}',
      summary: 'Change somebody at a customer; an address that is set anew is tried again where it had failed',
      params: byId,
      body: changes,
      answer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const before = await getContact(db, params.id)
        const { customerId } = before
        const { key, erasedAt } = await getRow(db, 'customer', customerId)
        assertNotErased(key, erasedAt)
        const changed = { ...body, updatedAt: new Date(nowMs) } as Partial<Contact>
        const contact = { ...before, ...changed }
        assertWhole(contact)
        await changeContact(db, contact.id, changed)
        const named = [body.email, body.phone, ...Object.values(body.addresses ?? {})].filter(
          (one) => typeof one === 'string',
        )
        await forgetFailures(db, customerId, named)
        const told = { key: contact.key, roles: [...contact.roles], changed: Object.keys(body) }
        await publish(db, [eventOf(contactEvents.updated, { objectId: contact.id, customerId }, told)], nowMs)
        return view(contact, key, await failingAddresses(db, customerId))
      },
    }),
    writeRoute({
      ...write,
      method: 'DELETE',
      url: '/v1/contacts/{id}',
      summary: 'Tell somebody nothing any more; what was said is kept',
      params: byId,
      answer: z.strictObject({ id: z.uuid() }),
      handle: async ({ db, nowMs }, { params }) => {
        const { id, customerId, key, roles } = await getContact(db, params.id)
        await changeContact(db, id, { removedAt: new Date(nowMs) })
        const about = { objectId: id, customerId }
        await publish(db, [eventOf(contactEvents.removed, about, { key, roles: [...roles] })], nowMs)
        return { id }
      },
    }),
  ]
}
