import { z } from 'zod'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { Delivery } from './delivery.ts'
import { TRANSPORTS } from './ports.ts'

const delivery = {
  document: z.string().describe('Its number'),
  documentId: z.uuid(),
  documentKind: z.enum(['invoice', 'pro_forma']),
  transport: z.enum(TRANSPORTS),
}
const why = { ...delivery, reason: z.string().describe('A word, such as `no_address` or `einvoice_rule`') }

const told = {
  sent: eventType('document.sent', 'delivery', 'A document was taken by who delivers it.', delivery),
  delivered: eventType('document.delivered', 'delivery', 'A document has arrived.', delivery),
  failed: eventType(
    'document.failed',
    'delivery',
    'A document was not delivered, and is not tried again by itself.',
    why,
  ),
  unknown: eventType(
    'document.unknown',
    'delivery',
    'A document may have been sent: nobody says so, and it is not sent again by itself.',
    why,
  ),
}

export function deliveryEvent(what: 'sent' | 'delivered', row: Delivery): NewEvent
export function deliveryEvent(what: 'failed' | 'unknown', row: Delivery, reason: string): NewEvent
export function deliveryEvent(what: keyof typeof told, row: Delivery, reason?: string): NewEvent {
  const { id: objectId, accountId, customerId, number, documentId, documentKind, transport } = row
  const data = { document: number, documentId, documentKind, transport, ...(reason === undefined ? {} : { reason }) }
  return eventOf(told[what] as typeof told.failed, { objectId, accountId, customerId }, data as never)
}

export const preferenceSet = eventType(
  'delivery_preference.set',
  'customer',
  'How a customer wants its documents was set.',
  {
    transports: z.array(z.enum(TRANSPORTS)).nullable(),
    formats: z.array(z.string()).nullable(),
  },
)

export const deliveryEvents = [...Object.values(told), preferenceSet]
