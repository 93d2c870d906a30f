import type { EventType } from '../../platform/events/event-type.ts'
import type { Module, Parts } from '../module.ts'
import { checkEvents } from './checks.ts'
import { LiveEvents } from './live.ts'
import { liveRoutes } from './live-routes.ts'
import { personalRows } from './personal.ts'
import { eventRetention, eventSettings } from './retention.ts'
import { eventRoutes } from './routes.ts'

export const eventsModule: Module<Pick<Parts, 'db' | 'onFault'> & { readonly eventTypes: readonly EventType[] }> = {
  name: 'events',
  personal: personalRows,
  settings: [eventSettings],
  retention: eventRetention,
  start: ({ eventTypes, db, onFault }) => ({
    routes: [
      ...eventRoutes(eventTypes),
      ...liveRoutes(new LiveEvents(db, onFault('events could not be looked at for who listens to them'))),
    ],
  }),
  check: async ({ db }) => checkEvents(db),
}
