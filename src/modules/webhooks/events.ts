import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const key = z.string().describe('The key of the endpoint')
const types = z.array(z.string())
export const endpointCreated = eventType(
  'webhook_endpoint.created',
  'webhook_endpoint',
  'An address was named that is told what happens.',
  { key, types },
)
export const endpointUpdated = eventType(
  'webhook_endpoint.updated',
  'webhook_endpoint',
  'Where, of what, or whether an endpoint is told was changed.',
  { key, types, state: z.string() },
)
export const endpointDeleted = eventType(
  'webhook_endpoint.deleted',
  'webhook_endpoint',
  'An endpoint was deleted, with its deliveries.',
  { key },
)
export const endpointDisabled = eventType(
  'webhook_endpoint.disabled',
  'webhook_endpoint',
  'An endpoint was given up: nothing is sent there until somebody turns it on.',
  {
    key,
    reason: z.enum(['gone', 'failing']).describe('It said that it is gone (410), or nothing came through for 3 days'),
  },
)
export const endpointSecretMade = eventType(
  'webhook_endpoint.secret_made',
  'webhook_endpoint',
  'An endpoint has a further secret.',
  { key, earlierEndAt: z.iso.datetime().describe('From then on, requests are signed with the new one alone') },
)
export const endpointTested = eventType(
  'webhook_endpoint.tested',
  'webhook_endpoint',
  'Somebody has asked for a trial: this event goes to the endpoint, whatever it is to be told of.',
  { key },
)
export const endpointReplayed = eventType(
  'webhook_endpoint.replayed',
  'webhook_endpoint',
  'An endpoint is told once more of what had happened.',
  { key, events: z.int().describe('How many') },
)

export const webhookEvents = [
  ...[endpointCreated, endpointUpdated, endpointDeleted, endpointDisabled],
  ...[endpointSecretMade, endpointTested, endpointReplayed],
]
