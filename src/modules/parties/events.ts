import { z } from 'zod'
import { LANGUAGES } from '../../core/words/languages.ts'
import { eventType } from '../../platform/events/event-type.ts'

/** Names, addresses and keys that can be a telephone number stay out of events: people are read by id. */
const id = z.uuid()
const instant = z.iso.datetime()
export const changed = { changed: z.array(z.string()).describe('The fields that were changed') }

const snapshots = {
  issuer: { key: z.string(), invoiceSeries: z.string(), creditNoteSeries: z.string() },
  customer: { key: z.string(), language: z.enum(LANGUAGES) },
  account: {
    key: z.string(),
    issuerId: id,
    currency: z.string(),
    zone: z.string(),
    cycleUnit: z.enum(['day', 'week', 'month', 'year']),
    cycleCount: z.int(),
    cycleAnchor: z.iso.date(),
    termsDays: z.int(),
    creditLimit: z.string().nullable().describe('Null lets it owe whatever it uses'),
    sponsorAccountId: id.nullable(),
  },
  service: { validFrom: instant, validUntil: instant.nullable() },
} as const

export const created = {
  issuer: eventType('issuer.created', 'issuer', 'An issuer of documents was made.', snapshots.issuer),
  customer: eventType('customer.created', 'customer', 'A customer was made.', snapshots.customer),
  account: eventType('account.created', 'account', 'An account was made.', snapshots.account),
  service: eventType('service.created', 'service', 'A service was made.', snapshots.service),
}

export const updated = {
  issuer: eventType('issuer.updated', 'issuer', 'An issuer was changed.', { ...snapshots.issuer, ...changed }),
  customer: eventType('customer.updated', 'customer', 'A customer was changed.', { ...snapshots.customer, ...changed }),
  account: eventType('account.updated', 'account', 'An account was changed.', { ...snapshots.account, ...changed }),
  service: eventType('service.updated', 'service', 'A service was changed, such as its end.', {
    ...snapshots.service,
    ...changed,
  }),
}

export const partyEvents = [...Object.values(created), ...Object.values(updated)]
