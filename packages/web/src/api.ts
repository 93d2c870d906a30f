/** Requests of the console: the same that anybody can send, with the cookie of a session in place of a key. */

/** What went wrong, as the API says it (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  /** Which fields of the body were at fault. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body['detail'] ?? body['title'] ?? status))
    this.status = status
    this.code = String(body['code'] ?? 'unreachable')
    this.errors = Array.isArray(body['errors']) ? (body['errors'] as Problem['errors']) : []
  }
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor?: string | null
  readonly previousCursor?: string | null
}

/** Who asks: the tenant that a signed-in user works in, and what is done when the session has ended. */
const state = { tenant: null as string | null, onSignedOut: (): void => undefined }

export function workIn(tenant: string | null): void {
  state.tenant = tenant
}

export function whenSignedOut(act: () => void): void {
  state.onSignedOut = act
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** A body that is JSON already, in which numbers keep the digits that they are written with. */
  readonly text?: string
  /** A write with the same key has one effect, however often it is sent. */
  readonly key?: string
  /** The secret of a link that opens one thing once. */
  readonly link?: string
  readonly signal?: AbortSignal
}

/** @throws Problem what the server refuses, and where it cannot be reached */
export async function send(path: string, { method = 'GET', body, text, key, link, signal }: Asked = {}): Promise<Response> {
  const headers: Record<string, string> = {}
  if (state.tenant !== null) headers['kvit-tenant'] = state.tenant
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body))
  if (content !== undefined) headers['content-type'] = 'application/json'
  if (key !== undefined) headers['idempotency-key'] = key
  if (link !== undefined) headers['authorization'] = `Link ${link}`
  let answer: Response
  try {
    answer = await fetch(path, { method, headers, ...(content === undefined ? {} : { body: content }), ...(signal === undefined ? {} : { signal }) })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new Problem(0, { code: 'unreachable', detail: '' })
  }
  if (answer.ok) return answer
  const problem = new Problem(answer.status, await answer.json().catch(() => ({})))
  if (answer.status === 401 && problem.code === 'unauthenticated' && path !== '/v1/me') state.onSignedOut()
  throw problem
}

/** An answer in JSON. @throws Problem */
export async function ask<T>(path: string, asked?: Asked): Promise<T> {
  const answer = await send(path, asked)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** An address with a query; what is empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined | null>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  if (given.length === 0) return path
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
