import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import { isPageLink, type LinkKind, type PageLink, type Route, type Scope } from './route.ts'
import { assertOwnOrigin, cookieOf, SESSION_COOKIE } from './session-cookie.ts'

/** Who calls. */
export interface Caller {
  readonly kind: 'key' | 'user' | 'link' | 'signature' | 'nobody'
  /** Of the key, the user or the link; of a signature the name of its signer. */
  readonly id: string
  /** Who that is where two people have to agree: keys that were made with one another belong to one person. */
  readonly person: string
  /** Null is the owner of the machine, whose root key opens all tenants. */
  readonly tenantName: string | null
  readonly scopes: readonly Scope[]
  /** The user whose key it is, or who is signed in. */
  readonly userId?: string | null
  /** Of a key that has a limit of its own; null is that of the installation. */
  readonly requestsPerSecond?: number | null
  readonly sessionId?: string
  /** Tenants whose audit logs have what a user does to the own account. */
  readonly tenants?: readonly string[]
}

/** A user who is signed in. */
export interface Session {
  readonly id: string
  readonly userId: string
  readonly person: string
  /** What the user may do in each tenant. */
  readonly tenants: ReadonlyMap<string, readonly Scope[]>
}

/** Whose budget a request is on: its key's; that of the machine's owner works for all tenants and is on theirs alone. */
export function keyOf({ id, tenantName }: Caller): string | null {
  return tenantName === null ? null : id
}

/** Where callers and tenants are found. */
export interface Callers {
  /** @returns null when the key is unknown, revoked or expired. */
  findCaller(apiKey: string): Promise<Caller | null>
  /** @returns null when the session is unknown, or has ended. */
  findSession(token: string): Promise<Session | null>
  /** @returns null when there is no such link, or it has been used or has expired. */
  findLink(token: string, kind: LinkKind): Promise<Caller | null>
  /**
   * A link to pay by, whether it is still open or not.
   * @throws Refusal where there is none of this token, or who asks has tried too many
   */
  findPaymentLink(token: string, ip: string): Promise<{ readonly id: string; readonly tenant: Tenant }>
  /** The message whose link somebody opens to unsubscribe. @throws Refusal as `findPaymentLink` */
  findNoticeLink(token: string, ip: string): Promise<{ readonly id: string; readonly tenant: Tenant }>
  findTenant(name: string): Promise<Tenant | null>
  /** Where browsers find this server; null is the host that they ask for. */
  readonly publicUrl: string | null
}

/** What a request says of its caller. */
export interface Asker {
  readonly method: string | undefined
  readonly headers: IncomingHttpHeaders
  /** The address that it comes from. */
  readonly ip: string
  /** What the address names. */
  readonly params?: unknown
}

/** Tenants are managed from outside of them, by the root key; so are people's own accounts, by themselves. */
export const PLATFORM: Tenant = { name: '', schema: 'kvit', clockMs: null, acceptanceWindowDays: 0 }

type Authorized = Promise<{ caller: Caller; tenant: Tenant }>

/** Who calls, and which tenant is meant; refuses whoever may not. */
export async function authorize(callers: Callers, asker: Asker, route: Route): Authorized {
  if (route.auth === 'open') {
    assertOwnOrigin(asker.headers, callers.publicUrl, false)
    return { caller: nobody(asker.ip), tenant: PLATFORM }
  }
  // Who has signed shows when the body is read (`admit-signed.ts`).
  if (route.auth === 'signature') return { caller: nobody(asker.ip), tenant: PLATFORM }
  if (route.auth === 'link') return authorizeLink(callers, asker, route.link)
  if (route.auth === 'session') return authorizeSession(callers, asker)
  return authorizeScope(callers, asker, route.scope, route.orScope)
}

/** Requests a second from one address without anything that shows who it is. */
const OPEN_PER_SECOND = 100

function nobody(ip: string): Caller {
  const requestsPerSecond = OPEN_PER_SECOND
  return { kind: 'nobody', id: `address ${ip}`, person: 'nobody', tenantName: '', scopes: [], requestsPerSecond }
}

async function authorizeLink(callers: Callers, asker: Asker, kind: LinkKind | PageLink): Authorized {
  const { headers } = asker
  if (isPageLink(kind)) return authorizeVisitor(callers, asker, kind)
  assertOwnOrigin(headers, callers.publicUrl, false)
  const [, token] = /^Link (\S+)$/.exec(headers.authorization ?? '') ?? []
  const caller = token === undefined ? null : await callers.findLink(token, kind)
  if (caller !== null) return { caller, tenant: PLATFORM }
  throw new Refusal(
    'link_invalid',
    'send the secret of an open link as "Authorization: Link …"; this one was used, has expired, or never was',
  )
}

/** Requests a second by one link: a page, its picture and what it refreshes itself by. */
const VISITOR_PER_SECOND = 20

/**
 * Whoever has the link. There is no cookie and no session that another site could use: the address itself is the secret. A page without
 * a referrer says of a form that it sends that it comes from `null`.
 */
async function authorizeVisitor(callers: Callers, { method, headers, ip, params }: Asker, kind: PageLink): Authorized {
  if (method !== 'GET' && method !== 'HEAD') {
    if (headers.origin !== 'null') assertOwnOrigin(headers, callers.publicUrl, false)
    if (headers['sec-fetch-site'] === 'cross-site')
      throw new Refusal('forbidden', 'the form of another site was sent here')
  }
  const { token = '' } = (params ?? {}) as { readonly token?: string }
  const { id, tenant } = await (kind === 'payment'
    ? callers.findPaymentLink(token, ip)
    : callers.findNoticeLink(token, ip))
  const who = {
    kind: 'link',
    id,
    person: kind === 'payment' ? 'payer' : 'recipient',
    tenantName: tenant.name,
    scopes: [],
  } as const
  return { caller: { ...who, requestsPerSecond: VISITOR_PER_SECOND }, tenant }
}

async function authorizeSession(callers: Callers, asker: Asker): Authorized {
  const session = await sessionOf(callers, asker)
  if (session === null) throw new Refusal('unauthenticated', 'sign in first: POST /v1/sessions')
  const { id, userId, person, tenants } = session
  const own = { kind: 'user', id: userId, person, tenantName: '', scopes: [], userId, sessionId: id } as const
  return { caller: { ...own, tenants: [...tenants.keys()] }, tenant: PLATFORM }
}

/** The session of a browser, unless the request has a key, which goes first. */
async function sessionOf(callers: Callers, { method, headers }: Asker): Promise<Session | null> {
  const token = headers.authorization === undefined ? cookieOf(headers, SESSION_COOKIE) : null
  if (token === null) return null
  if (method !== 'GET' && method !== 'HEAD') assertOwnOrigin(headers, callers.publicUrl, true)
  return callers.findSession(token)
}

async function authorizeScope(callers: Callers, asker: Asker, scope: Scope, orScope = scope): Authorized {
  const { headers } = asker
  const requested = headers['kvit-tenant']
  const [, key] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
  const caller = key === undefined ? await userOf(callers, asker, requested) : await callers.findCaller(key)
  if (caller === null)
    throw new Refusal('unauthenticated', 'send a valid API key as "Authorization: Bearer …", or sign in')
  const whose = caller.kind === 'user' ? 'your roles in this tenant lack' : 'this key lacks'
  if (!caller.scopes.includes(scope) && !caller.scopes.includes(orScope))
    throw new Refusal('forbidden', `${whose} the scope ${scope}`)
  if (caller.tenantName !== null && typeof requested === 'string' && requested !== caller.tenantName) {
    throw new Refusal('forbidden', 'this key belongs to another tenant')
  }
  if (scope === 'tenants:write') {
    if (caller.tenantName === null) return { caller, tenant: PLATFORM }
    throw new Refusal('forbidden', 'tenants are managed with the root key')
  }
  const name = caller.tenantName ?? requested
  if (typeof name !== 'string') throw new Refusal('tenant_required', 'name a tenant in the Kvit-Tenant header')
  const tenant = await callers.findTenant(name)
  if (tenant !== null) return { caller, tenant }
  throw new Refusal('not_found', `no tenant ${name}; create it first: POST /v1/tenants, or kvit tenant create ${name}`)
}

/** A signed-in user as a caller in one of the own tenants: the one that is named, or the only one. */
async function userOf(callers: Callers, asker: Asker, requested: unknown): Promise<Caller | null> {
  const session = await sessionOf(callers, asker)
  if (session === null) return null
  const { id, userId, person, tenants } = session
  const [only] = tenants.size === 1 ? tenants.keys() : []
  const name = typeof requested === 'string' ? requested : only
  if (name === undefined) {
    if (tenants.size === 0) throw new Refusal('forbidden', 'this account works in no tenant any more')
    throw new Refusal('tenant_required', `name a tenant in the Kvit-Tenant header: ${[...tenants.keys()].join(', ')}`)
  }
  const scopes = tenants.get(name)
  if (scopes === undefined) throw new Refusal('forbidden', 'this account does not work in that tenant')
  return { kind: 'user', id: userId, person, tenantName: name, scopes, userId, sessionId: id }
}
