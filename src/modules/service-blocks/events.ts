import { z } from 'zod'
import {
  BLOCK_REASONS,
  BLOCK_SCOPES,
  SERVICE_STATES,
  type ServiceState,
  USE_KINDS,
} from '../../core/charging/service-blocks.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { BlockableService, ServiceBlock } from './store.ts'

const block = {
  key: z.string(),
  serviceId: z.uuid().nullable().describe('Null is every service of the account'),
  reason: z.enum(BLOCK_REASONS),
  scope: z.enum(BLOCK_SCOPES),
  kbps: z.int().nullable().describe('It slows down to so many kilobits per second; null bars'),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
}
const placed = eventType('service_block.placed', 'service_block', 'A block was placed; it may begin later.', block)
const lifted = eventType('service_block.lifted', 'service_block', 'A block was lifted before its end.', block)

export function blockEvent(
  what: 'placed' | 'lifted',
  { id, accountId, fromAt: from, untilAt: until, ...rest }: ServiceBlock,
): NewEvent {
  return eventOf(what === 'placed' ? placed : lifted, { objectId: id, accountId }, { ...rest, from, until })
}

const state = {
  key: z.string().describe('Of the service'),
  version: z.int().describe('Grows with every change of the service’s state'),
  state: z.enum(SERVICE_STATES),
  barred: z.array(z.enum(USE_KINDS)),
  kbps: z.int().nullable(),
  reasons: z.array(z.enum(BLOCK_REASONS)),
}
const blocked = eventType(
  'service.blocked',
  'service',
  'A service is restricted, or otherwise than before: what is barred, or how fast it still is.',
  state,
)
const opened = eventType('service.opened', 'service', 'Nothing restricts a service any longer.', state)

export function stateEvent(
  { id, key, accountId }: BlockableService,
  { barred, reasons, ...told }: ServiceState & { readonly version: number },
): NewEvent {
  const data = { ...told, key, barred: [...barred], reasons: [...reasons] }
  return eventOf(told.state === 'open' ? opened : blocked, { objectId: id, accountId }, data)
}

export const blockEvents = [placed, lifted, blocked, opened]
