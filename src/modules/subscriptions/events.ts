import { z } from 'zod'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import { changed } from '../parties/index.ts'
import type * as store from './store.ts'

const id = z.uuid()
const instant = z.iso.datetime()

const snapshot = {
  key: z.string(),
  serviceId: id.nullable(),
  planVersionId: id.describe('What it begins with'),
  quantity: z.int(),
  startsAt: instant,
  endsAt: instant.nullable(),
  parentId: id.nullable(),
}

export const subscriptionCreated = eventType(
  'subscription.created',
  'subscription',
  'A subscription was made.',
  snapshot,
)
export const subscriptionUpdated = eventType(
  'subscription.updated',
  'subscription',
  'A subscription was changed, such as its end.',
  { ...snapshot, ...changed },
)

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

export const subscriptionEvents = [subscriptionCreated, subscriptionUpdated, subscriptionChanged, changeWithdrawn]

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
