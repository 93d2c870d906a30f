import { z } from 'zod'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import { LINK_PURPOSES, type PaymentLink } from './store.ts'

const link = {
  purpose: z.enum(LINK_PURPOSES),
  invoiceId: z.uuid().nullable().describe('The document that it asks for'),
  expiresAt: z.iso.datetime(),
}
const created = eventType(
  'payment_link.created',
  'payment_link',
  'Somebody asked for a link by which a payer can pay in a browser. Those that stand on documents are told of by no event of their own.',
  link,
)
const revoked = eventType('payment_link.revoked', 'payment_link', 'A link to pay by opens no longer.', {
  ...link,
  reason: z.string().nullable(),
})

export const paymentLinkEvents = [created, revoked]

/** Nothing of it opens the link. */
export function linkEvent(
  { id, accountId, purpose, invoiceId, expiresAt }: PaymentLink,
  what: 'created' | 'revoked',
  reason: string | null = null,
): NewEvent {
  const about = { objectId: id, accountId }
  const data = { purpose, invoiceId, expiresAt: expiresAt.toISOString() }
  return what === 'created' ? eventOf(created, about, data) : eventOf(revoked, about, { ...data, reason })
}
