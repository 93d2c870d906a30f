import { countUpTo } from '../../platform/count-up-to.ts'
import type { EventType } from '../../platform/events/event-type.ts'
import type { Module, Parts } from '../module.ts'
import { Courier } from './courier.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { endpointRoutes } from './endpoint-routes.ts'
import { WEBHOOK_SECRETS } from './endpoint-store.ts'
import { webhookEvents } from './events.ts'
import { followEvents } from './follow-events.ts'
import type { WebhookNeeds } from './ports.ts'
import { webhookRetention, webhookSettings } from './settings.ts'

/** How often a tenant is looked at for what is due. */
const LOOK_EVERY_MS = 1_000

type Needs = Parts & WebhookNeeds & { readonly eventTypes: readonly EventType[] }

export const webhooksModule: Module<Needs> = {
  name: 'webhooks',
  attention: [
    {
      code: 'webhook_endpoints',
      scope: 'settings:read',
      meaning: 'Webhook endpoints that were turned off because they failed',
      count: async (db) => countUpTo(db, db.selectFrom('webhookEndpoint').where('state', '=', 'disabled')),
    },
  ],
  events: webhookEvents,
  settings: [webhookSettings],
  retention: webhookRetention,
  encrypted: [WEBHOOK_SECRETS],
  start: ({ db, nowMs, onFault, eventTypes, ...needs }) => {
    const courier = new Courier({
      ...needs,
      db,
      nowMs,
      onFault: onFault('a webhook endpoint could not be told; it is tried again'),
    })
    return {
      routes: [...endpointRoutes(needs, eventTypes), ...deliveryRoutes()],
      subscribers: [followEvents],
      repeated: [{ everyMs: LOOK_EVERY_MS, ofTenant: async (tenant, closing) => courier.look(tenant, closing) }],
      close: async () => courier.close(),
    }
  },
}
