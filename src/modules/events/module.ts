import type { EventType } from '../../platform/events/event-type.ts'
import type { Module } from '../module.ts'
import { checkEvents } from './checks.ts'
import { personalRows } from './personal.ts'
import { eventRetention, eventSettings } from './retention.ts'
import { eventRoutes } from './routes.ts'

export const eventsModule: Module<{ readonly eventTypes: readonly EventType[] }> = {
  name: 'events',
  personal: personalRows,
  settings: [eventSettings],
  retention: eventRetention,
  start: ({ eventTypes }) => ({ routes: eventRoutes(eventTypes) }),
  check: async ({ db }) => checkEvents(db),
}
