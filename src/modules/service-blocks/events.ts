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

/** Nobody answered for so long, or it said no so often, that it is tried no more until somebody asks, or the service changes. */
export const enforcementFailed = eventType(
  'service.enforcement_failed',
  'service',
  'A part of the network could not be told of a service, and is told no more until somebody asks for it or the service changes.',
  {
    target: z.string().describe('The key of the enforcement target'),
    service: z.string(),
    version: z.int(),
    state: z.enum(SERVICE_STATES),
    words: z.string().describe('What came of the last attempt'),
  },
)

const target = { key: z.string(), kind: z.enum(['webhook', 'radius']), isOn: z.boolean() }
const ofTarget = (what: string, meaning: string) =>
  eventType(`enforcement_target.${what}`, 'enforcement_target', meaning, target)
export const targetEvents = {
  created: ofTarget('created', 'A part of the network was named that is told of the states of services.'),
  updated: ofTarget('updated', 'An enforcement target was turned on or off, or is told again otherwise than before.'),
  deleted: ofTarget('deleted', 'An enforcement target was removed.'),
  resent: eventType(
    'enforcement_target.resent',
    'enforcement_target',
    'An enforcement target is told once more of services.',
    { key: z.string(), services: z.int().describe('How many') },
  ),
}

export const blockEvents = [placed, lifted, blocked, opened, enforcementFailed, ...Object.values(targetEvents)]
