import type { Subscriber } from '../../platform/events/event-feed.ts'
import type { Parts } from '../module.ts'
import { lockAccounts } from '../parties/index.ts'
import { refreshStates } from './refresh-states.ts'

/** A service that an account gets while all of its services are blocked is blocked, too; one whose end is taken away is told of again. */
export function followServices(timeOf: Parts['timeOf']): Subscriber {
  return {
    name: 'service-blocks',
    types: ['service.created', 'service.updated'],
    begins: 'now',
    handle: async (db, events, tenant) => {
      const nowMs = await timeOf(tenant)
      const services = new Map(
        events.flatMap(({ objectId, accountId }) => (accountId === null ? [] : [[objectId, accountId] as const])),
      )
      await lockAccounts(db, [...new Set(services.values())])
      for (const [serviceId, accountId] of services) await refreshStates(db, accountId, serviceId, nowMs)
    },
  }
}
