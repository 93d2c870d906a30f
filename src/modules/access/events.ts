import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const settings = { acceptanceWindowDays: z.int(), clock: z.iso.datetime().nullable().describe('Null: the real time') }

export const tenantCreated = eventType('tenant.created', 'tenant', 'The tenant was made.', settings)
export const tenantUpdated = eventType(
  'tenant.updated',
  'tenant',
  'Settings of the tenant were changed, or its test clock moved.',
  settings,
)

export const keyCreated = eventType('api_key.created', 'api_key', 'An API key was made.', {
  scopes: z.array(z.string()),
  madeBy: z.uuid().nullable().describe('The key that it was made with'),
})

export const keyRevoked = eventType('api_key.revoked', 'api_key', 'An API key opens nothing any more.', {
  revokedWith: z
    .uuid()
    .nullable()
    .describe(
      'The key that was asked to be revoked: this one, or one that it descends from. Null: its user may no longer do what it may',
    ),
})

export const keyRotated = eventType('api_key.rotated', 'api_key', 'Another API key takes the place of this one.', {
  replacedBy: z.uuid().describe('The key that takes its place'),
  oldExpiresAt: z.iso.datetime().describe('Until then this one goes on'),
})

export const accessEvents = [tenantCreated, tenantUpdated, keyCreated, keyRotated, keyRevoked]
