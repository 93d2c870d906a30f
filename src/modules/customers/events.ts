import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { type EventType, eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { Kind } from './schemas.ts'
import type * as store from './store.ts'

/** Names, addresses and keys that can be a telephone number stay out of events: people are read by id. */
const id = z.uuid()
const instant = z.iso.datetime()
const changed = { changed: z.array(z.string()).describe('The fields that were changed') }

const snapshots = {
  issuer: { key: z.string(), invoiceSeries: z.string(), creditNoteSeries: z.string() },
  customer: { key: z.string(), language: z.enum(['en', 'uk', 'ru']) },
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
  subscription: {
    key: z.string(),
    serviceId: id.nullable(),
    planVersionId: id.describe('What it begins with'),
    quantity: z.int(),
    startsAt: instant,
    endsAt: instant.nullable(),
    parentId: id.nullable(),
  },
} as const

const created = {
  issuer: eventType('issuer.created', 'issuer', 'An issuer of documents was made.', snapshots.issuer),
  customer: eventType('customer.created', 'customer', 'A customer was made.', snapshots.customer),
  account: eventType('account.created', 'account', 'An account was made.', snapshots.account),
  service: eventType('service.created', 'service', 'A service was made.', snapshots.service),
  subscription: eventType('subscription.created', 'subscription', 'A subscription was made.', snapshots.subscription),
}

const updated = {
  issuer: eventType('issuer.updated', 'issuer', 'An issuer was changed.', { ...snapshots.issuer, ...changed }),
  customer: eventType('customer.updated', 'customer', 'A customer was changed.', { ...snapshots.customer, ...changed }),
  account: eventType('account.updated', 'account', 'An account was changed.', { ...snapshots.account, ...changed }),
  service: eventType('service.updated', 'service', 'A service was changed, such as its end.', {
    ...snapshots.service,
    ...changed,
  }),
  subscription: eventType('subscription.updated', 'subscription', 'A subscription was changed, such as its end.', {
    ...snapshots.subscription,
    ...changed,
  }),
}

const change = {
  changeId: id,
  kind: z.enum(['plan', 'quantity', 'pause', 'resume', 'cancel', 'renew']),
  effectiveAt: instant,
}

const subscriptionChanged = eventType(
  'subscription.changed',
  'subscription',
  'A dated change of a subscription was recorded: of plan or quantity, a pause, a resumption, a cancellation, a renewal.',
  { ...change, planVersionId: id.nullable(), quantity: z.int().nullable() },
)

const changeWithdrawn = eventType(
  'subscription.change_withdrawn',
  'subscription',
  'A change of a subscription was withdrawn, as if it had never been made.',
  change,
)

export const customerEvents = [
  ...Object.values(created),
  ...Object.values(updated),
  subscriptionChanged,
  changeWithdrawn,
]

function aboutRow(kind: Kind, row: store.Rows[Kind]): Parameters<typeof eventOf>[1] {
  const accountId = kind === 'account' ? row.id : 'accountId' in row ? row.accountId : null
  return { objectId: row.id, accountId, customerId: kind === 'customer' ? row.id : null }
}

function dataOf(row: store.Rows[Kind]): Readonly<Record<string, unknown>> {
  if (!('creditLimitMinor' in row)) return { ...row }
  const { creditLimitMinor: limit, currency } = row
  return { ...row, creditLimit: limit === null ? null : formatMinor(BigInt(limit), currency) }
}

export function rowCreated(kind: Kind, row: store.Rows[Kind]): NewEvent {
  return eventOf(created[kind] as EventType, aboutRow(kind, row), dataOf(row))
}

/** @param fields those that were asked to be changed */
export function rowUpdated(kind: Kind, row: store.Rows[Kind], fields: readonly string[]): NewEvent {
  return eventOf(updated[kind] as EventType, aboutRow(kind, row), { ...dataOf(row), changed: fields })
}

function aboutChange({ id: objectId, accountId }: Pick<store.Subscription, 'id' | 'accountId'>): {
  objectId: string
  accountId: string
} {
  return { objectId, accountId }
}

export function changeRecorded(subscription: store.Subscription, row: store.ChangeRow): NewEvent {
  const { id: changeId, kind, effectiveAt, content } = row
  const { planVersionId = null, quantity = null } = content
  const data = { changeId, kind, effectiveAt, planVersionId, quantity }
  return eventOf(subscriptionChanged, aboutChange(subscription), data)
}

export function changeTakenBack(subscription: store.Subscription, row: store.ChangeRow): NewEvent {
  const { id: changeId, kind, effectiveAt } = row
  return eventOf(changeWithdrawn, aboutChange(subscription), { changeId, kind, effectiveAt })
}
