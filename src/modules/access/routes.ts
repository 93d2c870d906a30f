import { z } from 'zod'
import { instant } from '../../platform/http/dates.ts'
import { type Route, readRoute, SCOPES, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { AccessService } from './service.ts'

const tenantName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40')
const clock = instant.nullable().optional().describe('Test clock; null follows the real one')
const acceptanceWindowDays = z.number().int().min(1).max(36_500).optional()
const byName = z.object({ name: tenantName })

const tenantAnswer = z
  .strictObject({ name: tenantName, acceptanceWindowDays: z.int(), clock: z.iso.datetime().nullable() })
  .meta({ id: 'Tenant' })
const keyAnswer = z
  .strictObject({
    id: z.uuid(),
    tenant: z.string().nullable(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    madeBy: z.uuid().nullable().describe('The key that it was made with'),
    replaces: z.uuid().nullable().describe('The key that it took the place of'),
    ownerUser: z.uuid().nullable().describe('The user whose key it is'),
    requestsPerSecond: z.int().nullable().describe('A limit of its own; null is that of the installation'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe('As of ten minutes ago at the latest'),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' })

function toView(tenant: Tenant): object {
  const { name, acceptanceWindowDays: window, clockMs } = tenant
  return { name, acceptanceWindowDays: window, clock: clockMs === null ? null : new Date(clockMs).toISOString() }
}

/** Keys are no idempotent writes: the stored answer would hold the secret. */
export function accessRoutes(access: AccessService, wakeJobs: (tenant: Tenant) => void): Route[] {
  const tag = 'Access'
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/tenants',
      scope: 'tenants:write',
      tag,
      summary: 'Create a tenant',
      status: 201,
      body: z.strictObject({
        name: tenantName,
        clock,
        acceptanceWindowDays,
      }),
      answer: tenantAnswer,
      handle: async (_context, { body: { name, ...options } }) => {
        return toView(await access.createTenant(name, options))
      },
    }),
    readRoute({
      url: '/v1/tenants',
      scope: 'tenants:write',
      tag,
      summary: 'List tenants',
      answer: z.strictObject({ items: z.array(tenantAnswer) }),
      handle: async () => ({ items: (await access.listTenants()).map(toView) }),
    }),
    streamRoute({
      method: 'PATCH',
      url: '/v1/tenants/{name}',
      scope: 'tenants:write',
      tag,
      summary: 'Set the test clock or the acceptance window',
      params: byName,
      body: z.strictObject({
        clock,
        back: z
          .boolean()
          .default(false)
          .describe('`true` lets the clock go back; usage of later than the clock waits in suspense then'),
        acceptanceWindowDays,
      }),
      answer: tenantAnswer,
      handle: async (_context, { params, body }) => {
        const tenant = await access.updateTenant(params.name, body)
        // A test clock that was set forward has made jobs due.
        wakeJobs(tenant)
        return toView(tenant)
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/keys',
      scope: 'keys:write',
      tag,
      summary: 'Create an API key; its text is shown once',
      status: 201,
      hasSecret: true,
      body: z.strictObject({
        name: z.string().min(1).max(200),
        scopes: z.array(z.enum(SCOPES)).min(1),
        expiresAt: instant.optional().describe('From then on it opens nothing; never unless set'),
        requestsPerSecond: z
          .int()
          .min(1)
          .max(1_000_000)
          .optional()
          .describe('Below what each key may ask by the settings'),
      }),
      answer: z.strictObject({ id: z.uuid(), key: z.string() }),
      handle: async ({ tenant }, { body: { name, scopes, ...terms } }, request) => {
        const beyond = scopes.filter((scope) => !request.caller.scopes.includes(scope))
        if (beyond.length > 0) throw new Refusal('forbidden', `a key cannot give what it lacks: ${beyond.join(', ')}`)
        return access.createKey(tenant.name, name, scopes, request.caller, terms)
      },
    }),
    readRoute({
      url: '/v1/keys',
      scope: 'keys:write',
      tag,
      summary: 'List API keys',
      answer: z.strictObject({ items: z.array(keyAnswer) }),
      handle: async ({ tenant }) => ({ items: await access.listKeys(tenant.name) }),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/keys/{id}/rotate',
      scope: 'keys:write',
      tag,
      summary: 'Make a key that takes the place of another; its text is shown once',
      status: 201,
      hasSecret: true,
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({
        overlapHours: z
          .number()
          .min(0)
          .max(24 * 90)
          .default(24)
          .describe('How long the one before goes on'),
        expiresAt: instant.optional().describe('Of the new one; never unless set'),
      }),
      answer: z.strictObject({ id: z.uuid(), key: z.string(), oldExpiresAt: z.iso.datetime() }),
      handle: async ({ tenant }, { params: { id }, body: { overlapHours, expiresAt } }, { caller }) =>
        access.rotateKey(tenant.name, id, caller, Math.round(overlapHours * 3_600_000), expiresAt),
    }),
    streamRoute({
      method: 'DELETE',
      url: '/v1/keys/{id}',
      scope: 'keys:write',
      tag,
      summary: 'Revoke an API key, and all that were made with it',
      params: z.object({ id: z.uuid() }),
      query: z.object({
        keepMade: z.enum(['true', 'false']).default('false').describe('`true`: the keys that it made go on'),
      }),
      answer: z.strictObject({
        id: z.uuid(),
        status: z.literal('revoked'),
        revoked: z.array(z.uuid()).describe('This key and those that ended with it'),
      }),
      handle: async ({ tenant }, { params: { id }, query: { keepMade } }, { caller }) => {
        const revoked = await access.revokeKey(tenant.name, id, caller.tenantName === null, keepMade === 'true')
        return { id, status: 'revoked', revoked }
      },
    }),
  ]
}
