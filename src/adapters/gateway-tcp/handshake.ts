import type { Tenant } from '../../platform/tenant.ts'

/** How keys and tenants are looked up. */
export interface Callers {
  readonly findCaller: (
    apiKey: string,
  ) => Promise<{ id: string; tenantName: string | null; scopes: readonly string[] } | null>
  readonly findTenant: (name: string) => Promise<Tenant | null>
}

/** Who is on a connection. */
export interface Greeted {
  readonly apiKey: string
  /** Of the key. */
  readonly callerId: string
  readonly tenantName: string
}

/** Why a connection is closed, and in words. */
export type Closing = readonly [reason: string, detail: string]

/**
 * Reads the first line of a connection: it names the key and, for the root key, the tenant.
 * @returns who it is, or why the connection is closed.
 */
export async function greet({ findCaller, findTenant }: Callers, line: string): Promise<Greeted | Closing> {
  const greeting = readGreeting(line)
  if (greeting === null) return ['invalid_greeting', 'the first line is {"op":"hello","key":"kvit_…","tenant":"…"}']
  const { key, tenant } = greeting
  const caller = typeof key === 'string' ? await findCaller(key) : null
  if (typeof key !== 'string' || caller === null) return ['unauthenticated', 'send a valid API key in the first line']
  const { id: callerId, scopes, tenantName: own } = caller
  if (!scopes.includes('charging:write')) return ['forbidden', 'this key lacks the scope charging:write']
  if (own !== null && typeof tenant === 'string' && tenant !== own)
    return ['forbidden', 'this key belongs to another tenant']
  const tenantName = own ?? tenant
  if (typeof tenantName !== 'string') return ['tenant_required', 'name a tenant in the first line']
  if ((await findTenant(tenantName)) === null) return ['not_found', `no tenant ${tenantName}`]
  return { apiKey: key, callerId, tenantName }
}

/** Who is still there: a key that was revoked opens nothing any more. */
export async function stillThere(
  { findCaller, findTenant }: Callers,
  { apiKey, tenantName }: Greeted,
): Promise<Tenant | null> {
  const caller = await findCaller(apiKey)
  const tenant = await findTenant(tenantName)
  return caller === null ? null : tenant
}

/** What the first line says; null where it is no JSON object. */
function readGreeting(line: string): { key?: unknown; tenant?: unknown } | null {
  try {
    const greeting: unknown = JSON.parse(line)
    return greeting !== null && typeof greeting === 'object' ? greeting : null
  } catch {
    return null
  }
}
