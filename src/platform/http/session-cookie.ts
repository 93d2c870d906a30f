import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../problems.ts'

/**
 * The cookie of a session. `__Host-` makes browsers refuse it without `Secure`, with a domain, or below a path, so that no
 * other site and no plain HTTP can set or see it; on `localhost` browsers take it without TLS.
 */
export const SESSION_COOKIE = '__Host-kvit'
/** The cookie of a sign-in that is under way at an identity provider. */
export const SIGN_IN_COOKIE = '__Host-kvit-sign-in'
/** What is more than this is no cookie of ours. */
const MAX_COOKIES = 8_192

/** @returns the value of a cookie, or null. */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | null {
  const { cookie } = headers
  if (cookie === undefined || cookie.length > MAX_COOKIES) return null
  for (const part of cookie.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** @param maxAgeSeconds how long the browser keeps it; 0 takes it away, null keeps it until the browser ends. */
export function setCookie(name: string, value: string, maxAgeSeconds: number | null): string {
  const age = maxAgeSeconds === null ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`
}

/**
 * Refuses a write that a page of another site had the browser send: a browser says where a write comes from.
 * @param publicUrl where browsers find this server, as `KVIT_PUBLIC_URL` says; without one, the host that they asked for
 * @param isNeeded whether a write without `Origin` is refused, too: one that has a cookie comes from a browser
 */
export function assertOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | null, isNeeded: boolean): void {
  const { origin, host } = headers
  if (origin === undefined && !isNeeded) return
  const parsed = origin !== undefined && URL.canParse(origin) ? new URL(origin) : null
  const isOwn = publicUrl === null ? parsed?.host === host : parsed?.origin === new URL(publicUrl).origin
  if (parsed !== null && isOwn) return
  throw new Refusal(
    'forbidden',
    `a write with a session comes from a page of this server: the header Origin is ${origin ?? 'missing'}`,
  )
}
