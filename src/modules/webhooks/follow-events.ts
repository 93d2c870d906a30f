import { systemClock } from '../../platform/clock.ts'
import type { DatabaseTransaction } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import { isMeant, type StoredEvent } from '../../platform/events/event-type.ts'
import { insertDeliveries } from './delivery-store.ts'
import { type Endpoint, listEndpoints } from './endpoint-store.ts'
import { endpointTested } from './events.ts'

/** Whether an endpoint is to be told of an event. A trial goes to the endpoint that is tried, and to no other. */
function isFor({ id, types }: Endpoint, { type, objectId }: StoredEvent): boolean {
  if (type === endpointTested.type) return objectId === id
  return types.some((filter) => isMeant(filter, type))
}

/** Notes for each endpoint that is on what it is to be told of, once, in the order of the events. */
export const followEvents: Subscriber = {
  name: 'webhooks',
  types: ['*'],
  begins: 'now',
  handle: async (db: DatabaseTransaction, events: readonly StoredEvent[]) => {
    const endpoints = (await listEndpoints(db)).filter(({ state }) => state === 'on')
    const told = events.flatMap((event) =>
      // What happened before an endpoint was named is told on request.
      endpoints.filter((one) => isFor(one, event)).map(({ id }) => ({ endpointId: id, event })),
    )
    await insertDeliveries(db, told, systemClock.nowMs())
  },
}
