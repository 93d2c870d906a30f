import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ReadContext, StreamContext, WriteContext } from '../tenant.ts'
import type { Signer } from './signature.ts'

/** What an API key may be allowed to do. */
export const SCOPES = [
  'tenants:write',
  'keys:write',
  'catalog:read',
  'catalog:write',
  'customers:read',
  'customers:write',
  'customers:erase',
  'usage:read',
  'usage:write',
  'usage:correct',
  'usage:correct-any',
  'invoices:read',
  'invoices:write',
  'invoices:approve',
  're-ratings:write',
  're-ratings:approve',
  'payments:read',
  'payments:write',
  'ledger:read',
  'books:write',
  'journal:write',
  'charging:write',
  'balances:read',
  'balances:write',
  'balances:approve',
  'blocks:read',
  'blocks:write',
  'blocks:admin',
  'vouchers:write',
  'discounts:read',
  'discounts:write',
  'dunning:read',
  'dunning:write',
  'events:read',
  'users:read',
  'users:write',
  'audit:read',
  'jobs:read',
  'jobs:write',
  'settings:read',
  'settings:write',
] as const
export type Scope = (typeof SCOPES)[number]

/** What a link may open: it is named by the route that takes it. */
export type LinkKind = 'invitation' | 'password_reset'
/** A link that opens a page: to pay on, or to unsubscribe from messages. */
export type PageLink = 'payment' | 'notice'

/** Whether a link is the secret in the address of a page. */
export function isPageLink(link: LinkKind | PageLink): link is PageLink {
  return link === 'payment' || link === 'notice'
}

/**
 * How a caller shows who it is.
 * - a scope: by an API key that has it, or by the session of a user whose roles have it
 * - `session`: by a session, whatever the roles; the route is about the user alone
 * - `link`: by the secret of a link, sent as `Authorization: Link …`, which opens this one thing once; a payer opens a page by a browser, so
 *   that of a payment stands in the address as `{token}`, and opens it until it ends
 * - `signature`: by a signature over the body, which only a provider can make that shares a secret with the tenant; the address
 *   names the tenant as `{tenant}`, and the body is raw
 * - `open`: not at all; the body has what is needed, such as a password
 */
export type Access =
  | { readonly scope: Scope; readonly auth?: 'key' }
  | { readonly auth: 'session'; readonly scope?: undefined }
  | { readonly auth: 'link'; readonly link: LinkKind | PageLink; readonly scope?: undefined }
  | { readonly auth: 'signature'; readonly signer: Signer; readonly scope?: undefined }
  | { readonly auth: 'open'; readonly scope?: undefined }

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  /** A scope that opens a part of it, too: what the route showed before it had a scope of its own. */
  readonly orScope?: Scope
  readonly tag: string
  readonly summary: string
  /** What it answers, for the description of the API. */
  readonly answer?: z.ZodType
  /** Of a raw body: what it holds, for the description of the API. */
  readonly content?: { readonly type: string; readonly schema: z.ZodType }
}

export interface Input<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly idempotencyKey: string | undefined
}

type Schema<T> = z.ZodType<T>

/** An answer that is no JSON: whole, or piece by piece as it is made. */
export class RawAnswer {
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<string>

  constructor(type: string, body: RawAnswer['body'], headers: Readonly<Record<string, string>> = {}) {
    this.type = type
    this.body = body
    this.headers = headers
  }
}

/** A request to a page that was refused, or failed. */
export interface PageFault {
  /** As HTTP has it. */
  readonly status: number
  /** `internal`, or the code of a problem. */
  readonly code: string
  /** What the browser says that its reader understands. */
  readonly acceptLanguage: string | undefined
}

/** A page as it is answered. */
export interface PageAnswer {
  /** As HTTP has it. */
  readonly status: number
  readonly answer: RawAnswer
}

export function sendPage(reply: FastifyReply, { status, answer }: PageAnswer): RawAnswer {
  void reply.status(status)
  return answer
}

/** A route as data. `read` sees committed rows; `write` runs in one transaction with its stored answer. */
export type Route = Access & RouteParts

interface RouteParts extends Described {
  readonly kind: 'read' | 'write' | 'stream'
  readonly params?: Schema<unknown> | undefined
  readonly query?: Schema<unknown> | undefined
  readonly body?: Schema<unknown> | undefined
  readonly status: number
  /** Largest body in bytes. */
  readonly bodyLimit?: number | undefined
  /** The body arrives as bytes, unpacked where it was gzip, whatever its content type. */
  readonly rawBody?: boolean | undefined
  /**
   * Worked on by a thread for reading, where it cannot stall charging: a `long` one may take many minutes, a `short` one
   * some. Such a route decides nothing; it gets neither request nor reply, and answers with JSON or a `RawAnswer`.
   */
  readonly aside?: 'short' | 'long' | undefined
  /** Answers a small plain body with JSON text, without the cost of the router. */
  readonly hot?: ((context: ReadContext, body: Buffer) => Promise<string>) | undefined
  /** What a write can work out before its transaction begins; it gets that in place of the body. */
  readonly prepare?: ((context: ReadContext, input: never, request: FastifyRequest) => Promise<unknown>) | undefined
  /** The request, or its answer, has a secret: neither is kept for a request that is sent again, nor in any log. */
  readonly hasSecret?: boolean | undefined
  /**
   * What comes by the thousand a second, and is in the journal record by record: the audit log has the first request of an
   * hour by a key from an address. Of other writes it has each. What commits by itself has a row before and one after, unless
   * its row is written in its commit (`StreamContext`).
   */
  readonly logged?: 'hourly' | 'in its commit' | undefined
  /** Of a page for people: what they see in place of a problem in JSON. */
  readonly faultPage?: ((fault: PageFault) => PageAnswer) | undefined
  readonly handle: (context: never, input: never, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

type Definition<P, Q, B, C> = Access & DefinitionParts<P, Q, B, C>

interface DefinitionParts<P, Q, B, C> extends Omit<Described, 'method'> {
  readonly method?: Described['method']
  readonly params?: Schema<P>
  readonly query?: Schema<Q>
  readonly body?: Schema<B>
  readonly status?: number
  readonly bodyLimit?: number
  readonly rawBody?: boolean
  readonly aside?: 'short' | 'long'
  readonly hot?: (context: ReadContext, body: Buffer) => Promise<string>
  readonly hasSecret?: boolean
  readonly logged?: 'hourly' | 'in its commit'
  readonly faultPage?: (fault: PageFault) => PageAnswer
  readonly handle: (context: C, input: Input<P, Q, B>, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

export function readRoute<P, Q>(definition: Definition<P, Q, never, ReadContext>): Route {
  return { method: 'GET', status: 200, ...definition, kind: 'read' } as Route
}

export function writeRoute<P, Q, B>(definition: Definition<P, Q, B, WriteContext>): Route {
  return { method: 'POST', status: 200, ...definition, kind: 'write' } as Route
}

/** A write whose work is long before anything is written: its transaction is short all the same. */
export function preparedRoute<P, Q, B, R>(
  definition: Access &
    Omit<DefinitionParts<P, Q, B, WriteContext>, 'handle'> & {
      readonly prepare: (context: ReadContext, input: Input<P, Q, B>, request: FastifyRequest) => Promise<R>
      readonly handle: (
        context: WriteContext,
        input: Input<P, Q, R>,
        request: FastifyRequest,
        reply: FastifyReply,
      ) => Promise<unknown>
    },
): Route {
  return { method: 'POST', status: 200, ...definition, kind: 'write' } as Route
}

/** A route that commits by itself, as the engine does, or answers with something else than JSON. */
export function streamRoute<P, Q, B>(definition: Definition<P, Q, B, StreamContext>): Route {
  return { method: 'GET', status: 200, ...definition, kind: 'stream' } as Route
}

/** A raw body; empty where nothing was sent. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

/** Longest page of a list. */
export const MAX_PAGE = 500
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50).describe('Items on the page'),
  cursor: z.uuid().optional().describe('`nextCursor` of the page before'),
}

/** The path of a route as the router writes it. */
export function pathOf({ url }: Pick<Route, 'url'>): string {
  return url.replace(/\{(\w+)\}/g, ':$1')
}
