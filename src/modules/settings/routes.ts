import { z } from 'zod'
import { type Database, inSchema } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Rotation } from '../../platform/secrets/secret-keys.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { type SettingsType, settingsAnswer, settingsDraft } from '../../platform/settings/settings-type.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { secretKeyChanged, settingsChanged, settingsRemoved } from './events.ts'

const tag = 'Settings'

/** Reading, setting and removing, for all settings that modules declare. */
export function settingsRoutes(store: SettingsStore, types: readonly SettingsType[]): Route[] {
  return [listRoute(store, types), ...types.flatMap((type) => routesOf(store, type))]
}

function listRoute(store: SettingsStore, types: readonly SettingsType[]): Route {
  const item = z
    .strictObject({
      name: z.string(),
      meaning: z.string(),
      changedAt: z.iso.datetime().nullable().describe('Null where nothing is set'),
      changedBy: z.string().nullable().describe('The key or user'),
    })
    .meta({ id: 'SettingsName' })
  return readRoute({
    url: '/v1/settings',
    scope: 'settings:read',
    tag,
    summary: 'Which settings there are, and which are set',
    answer: z.strictObject({ items: z.array(item) }),
    handle: async ({ db }) => {
      const items = types.map(async (type) => {
        const { changedAt, changedBy } = (await store.view(db, type)) as { changedAt: unknown; changedBy: unknown }
        return { name: type.name, meaning: type.meaning, changedAt, changedBy }
      })
      return { items: await Promise.all(items) }
    },
  })
}

function routesOf(store: SettingsStore, type: SettingsType): Route[] {
  const { name, meaning, needs } = type
  const url = `/v1/settings/${name}`
  const answer = settingsAnswer(type)
  return [
    readRoute({
      url,
      scope: 'settings:read',
      tag,
      summary: `${meaning} Of secrets it is told whether and when they were set`,
      answer,
      handle: async ({ db }) => store.view(db, type),
    }),
    writeRoute({
      method: 'PUT',
      url,
      scope: 'settings:write',
      tag,
      summary: `Set: ${meaning}${needs.length === 0 ? '' : ` Needs ${needs.join(', ')}, too`}`,
      // The request has secrets: neither it nor its answer is kept.
      hasSecret: true,
      body: settingsDraft(type),
      answer,
      handle: async ({ db, tenant, nowMs }, { body }, { caller }) => {
        const missing = needs.filter((scope) => !caller.scopes.includes(scope))
        if (missing.length > 0)
          throw new Refusal('forbidden', `these settings let others do what you may not: ${missing.join(', ')}`)
        await store.put(db, tenant.name, type, body, caller.id)
        await type.onSet?.(db, body.values, nowMs)
        const named = (is: (secret: unknown) => boolean): string[] =>
          Object.entries(body.secrets).flatMap(([field, secret]) => (is(secret) ? [field] : []))
        const data = {
          secretsSet: named((secret) => typeof secret === 'string'),
          secretsRemoved: named((secret) => secret === null),
        }
        await publish(db, [eventOf(settingsChanged, { objectId: name }, data)], nowMs)
        return store.view(db, type)
      },
    }),
    writeRoute({
      method: 'DELETE',
      url,
      scope: 'settings:write',
      tag,
      summary: `Remove, with their secrets: ${meaning}`,
      answer: z.strictObject({ name: z.literal(name) }),
      handle: async ({ db, nowMs }) => {
        if (!(await store.remove(db, type))) throw new Refusal('not_found', `${name} are not set`)
        await type.onSet?.(db, null, nowMs)
        await publish(db, [eventOf(settingsRemoved, { objectId: name }, {})], nowMs)
        return { name }
      },
    }),
  ]
}

/** What the owner of the machine does for all tenants at once. */
export function secretKeyRoute(
  db: Database,
  rotate: (tenants: readonly Tenant[]) => Promise<Rotation>,
  listTenants: () => Promise<Tenant[]>,
  nowMs: (tenant: Tenant) => number,
): Route {
  return streamRoute({
    method: 'POST',
    url: '/v1/secret-keys',
    scope: 'tenants:write',
    tag,
    status: 201,
    summary:
      'Make a new key for secrets, and encrypt all of them with it; the one before is kept beside it until the next',
    answer: z.strictObject({
      id: z.string().describe('Of the new key; the key itself is in the file alone'),
      encrypted: z.int().describe('Secrets that were encrypted anew'),
      tenants: z.array(z.string()).describe('All tenants: each has the event'),
    }),
    handle: async () => {
      const tenants = await listTenants()
      const { keyId, encrypted } = await rotate(tenants)
      for (const tenant of tenants)
        await publish(inSchema(db, tenant.schema), [eventOf(secretKeyChanged, { objectId: keyId }, {})], nowMs(tenant))
      const count = [...encrypted.values()].reduce((sum, one) => sum + one, 0)
      return { id: keyId, encrypted: count, tenants: tenants.map(({ name }) => name) }
    },
  })
}
