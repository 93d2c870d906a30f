import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import type { Route, Scope } from './route.ts'

/** Who calls, as an API key says. A root key has no tenant of its own. */
export interface Caller {
  /** Of the key. */
  readonly id: string
  /** Whose key it is: keys that were made with one another belong to one person. */
  readonly person: string
  readonly tenantName: string | null
  readonly scopes: readonly Scope[]
}

/** Whose budget a request is on: its key's; that of the machine's owner works for all tenants and is on theirs alone. */
export function keyOf({ id, tenantName }: Caller): string | null {
  return tenantName === null ? null : id
}

/** Where callers and tenants are found. */
export interface Callers {
  /** @returns null when the key is unknown or revoked. */
  findCaller(apiKey: string): Promise<Caller | null>
  findTenant(name: string): Promise<Tenant | null>
}

/** Tenants are managed from outside of them, by the root key. */
export const PLATFORM: Tenant = { name: '', schema: 'kvit', clockMs: null, acceptanceWindowDays: 0 }

/** Who calls, and which tenant is meant; refuses whoever may not. */
export async function authorize(
  callers: Callers,
  headers: IncomingHttpHeaders,
  { url, scope, orScope = scope }: Pick<Route, 'url' | 'scope' | 'orScope'>,
): Promise<{ caller: Caller; tenant: Tenant }> {
  const [, key] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
  const caller = key === undefined ? null : await callers.findCaller(key)
  if (caller === null) throw new Refusal('unauthenticated', 'send a valid API key as "Authorization: Bearer …"')
  if (![scope, orScope].some((one) => caller.scopes.includes(one)))
    throw new Refusal('forbidden', `this key lacks the scope ${scope}`)
  const asked = headers['kvit-tenant']
  if (caller.tenantName !== null && typeof asked === 'string' && asked !== caller.tenantName) {
    throw new Refusal('forbidden', 'this key belongs to another tenant')
  }
  if (url.startsWith('/v1/tenants')) {
    if (caller.tenantName === null) return { caller, tenant: PLATFORM }
    throw new Refusal('forbidden', 'tenants are managed with the root key')
  }
  const name = caller.tenantName ?? asked
  if (typeof name !== 'string') throw new Refusal('tenant_required', 'name a tenant in the Kvit-Tenant header')
  const tenant = await callers.findTenant(name)
  if (tenant !== null) return { caller, tenant }
  throw new Refusal('not_found', `no tenant ${name}; create it first: POST /v1/tenants, or kvit tenant create ${name}`)
}
