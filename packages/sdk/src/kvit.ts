import { type Asks, addressOf } from './address.ts'
import { AnswerError, errorOf, KvitError, NoAnswerError } from './errors.ts'
import { type EventPattern, type FollowOptions, followEvents, type Matching } from './event-feed.ts'
import type { KvitEvent } from './generated/events.ts'
import { API_VERSION } from './generated/facts.ts'
import type { FilePath, ListPath } from './generated/routes.ts'
import type { UsageRecordInput } from './generated/things.ts'
import { Listing, type Page } from './listing.ts'
import { askedPauseMs, isRepeatable, kindOf, pauseMs, RETRIES, sleep } from './repeat.ts'
import type { AnswerOf, AsksOf, ItemOf, JsonPath, Method, Path, RequestOptions } from './request.ts'
import { type UsageOptions, UsageStream, type UsageTotals } from './usage.ts'

/** What a request asks comes first, where it asks for anything; then how it is sent. */
type Arguments<A> =
  Record<never, never> extends A ? [asks?: A, options?: RequestOptions] : [asks: A, options?: RequestOptions]

export interface KvitOptions {
  /** Where the server is: `https://billing.example`. In a browser that of the page, where it is absent. */
  readonly url?: string | undefined
  /** An API key. Without one a browser sends the session of whoever is signed in. */
  readonly key?: string | undefined
  /** The tenant to work in, where the key or the user opens several. */
  readonly tenant?: string | undefined
  /** How long one attempt may take. 60 seconds when absent. */
  readonly timeoutMs?: number
  /** How often a request is sent again after a failure that may pass. 5 when absent. */
  readonly retries?: number
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** What stands in for the world, in tests and where there is another `fetch`. */
  readonly environment?: Partial<Environment>
}

/** What the client asks of the world. */
export interface Environment {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  /** From 0 to 1. */
  readonly chance: () => number
  readonly makeKey: () => string
}

const TIMEOUT_MS = 60_000
/** Items on a page of a list that is gone through. */
const PAGE = 200
/** How long is waited between two looks at what goes on, at first and later, and how long in all. */
const FIRST_LOOK_MS = 100
const LAST_LOOK_MS = 2_000
const WAITED_MS = 600_000

/**
 * The API of Kvit. Routes are called by method and address, as the reference writes them, and typed: what they ask, what they
 * answer. What fails and may pass is sent again, with the same idempotency key.
 *
 * ```ts
 * const kvit = new Kvit({ url: 'http://127.0.0.1:8080', key, tenant: 'main' })
 * const invoice = await kvit.get('/v1/invoices/{reference}', { reference: 'INV-000001' })
 * ```
 */
export class Kvit {
  private readonly options: KvitOptions
  private readonly url: string
  private readonly environment: Environment

  constructor(options: KvitOptions = {}) {
    this.options = options
    this.url = (options.url ?? '').replace(/\/+$/, '')
    if (this.url === '' && !('location' in globalThis)) throw new TypeError('url is missing: where is the server?')
    this.environment = {
      fetch: (url, init) => fetch(url, init),
      sleep,
      chance: Math.random,
      makeKey: randomKey,
      ...options.environment,
    }
  }

  /** The same server and caller in another tenant. */
  in(tenant: string): Kvit {
    return new Kvit({ ...this.options, tenant })
  }

  async get<P extends JsonPath<'get'>>(path: P, ...rest: Arguments<AsksOf<'get', P>>): Promise<AnswerOf<'get', P>> {
    return this.json('get', path, rest)
  }

  async post<P extends JsonPath<'post'>>(path: P, ...rest: Arguments<AsksOf<'post', P>>): Promise<AnswerOf<'post', P>> {
    return this.json('post', path, rest)
  }

  async put<P extends JsonPath<'put'>>(path: P, ...rest: Arguments<AsksOf<'put', P>>): Promise<AnswerOf<'put', P>> {
    return this.json('put', path, rest)
  }

  async patch<P extends JsonPath<'patch'>>(
    path: P,
    ...rest: Arguments<AsksOf<'patch', P>>
  ): Promise<AnswerOf<'patch', P>> {
    return this.json('patch', path, rest)
  }

  async delete<P extends JsonPath<'delete'>>(
    path: P,
    ...rest: Arguments<AsksOf<'delete', P>>
  ): Promise<AnswerOf<'delete', P>> {
    return this.json('delete', path, rest)
  }

  /** A list, page by page as it is gone through. `limit` is what a page has. */
  list<P extends ListPath>(path: P, ...[asks, options]: Arguments<AsksOf<'get', P>>): Listing<ItemOf<P>> {
    const first = { limit: PAGE, ...(asks as Asks | undefined) }
    return new Listing(async (cursor) => {
      const page = cursor === undefined ? first : { ...first, cursor, before: undefined }
      return this.json<Page<ItemOf<P>>>('get', path, [page, options])
    })
  }

  /**
   * Asks again until the answer is as it is waited for: `kvit.until('/v1/bill-runs/{id}', { id }, (run) => run.status !== 'running')`.
   * @throws KvitError with the reason `timed_out` where it is not so within `withinMs`, ten minutes when absent
   */
  async until<P extends JsonPath<'get'>>(
    path: P,
    asks: AsksOf<'get', P>,
    isReached: (answer: AnswerOf<'get', P>) => boolean,
    options: RequestOptions & { readonly withinMs?: number } = {},
  ): Promise<AnswerOf<'get', P>> {
    const withinMs = options.withinMs ?? WAITED_MS
    let pause = FIRST_LOOK_MS
    for (let waited = 0; ; waited += pause, pause = Math.min(pause * 1.5, LAST_LOOK_MS)) {
      const answer = await this.json<AnswerOf<'get', P>>('get', path, [asks, options])
      if (isReached(answer)) return answer
      if (waited >= withinMs)
        throw new KvitError('timed_out', `${path} is not as it was waited for after ${withinMs} ms`)
      await this.environment.sleep(pause, options.signal)
    }
  }

  /** A file, as it comes: `.body` is its stream, `.arrayBuffer()` the whole. */
  async download<P extends FilePath>(path: P, ...[asks, options]: Arguments<AsksOf<'get', P>>): Promise<Response> {
    return this.request('get', path, (asks ?? {}) as Asks, options)
  }

  /** A stream for usage that comes bit by bit: `await usage.send(record)`, and at the end `await usage.close()`. */
  usage(options: UsageOptions = {}): UsageStream {
    return new UsageStream(async (body, how) => this.json('post', '/v1/usage', [{ body }, how]), options)
  }

  /** Sends all records there are, in deliveries; reads no further ahead than the server keeps up. */
  async sendUsage(
    records: Iterable<UsageRecordInput> | AsyncIterable<UsageRecordInput>,
    options: UsageOptions = {},
  ): Promise<UsageTotals> {
    const stream = this.usage(options)
    for await (const record of records) await stream.send(record)
    return stream.close()
  }

  /**
   * Events as they happen, each once and in their order, until the signal ends it. Keep the `id` of the last one that was worked
   * on: `after` goes on behind it.
   */
  events<P extends EventPattern = EventPattern>(
    options: FollowOptions<P> = {},
  ): AsyncGenerator<KvitEvent<Matching<P>>, void, undefined> {
    const { signal } = options
    const ask = async (query: Asks): Promise<Page<unknown>> => this.json('get', '/v1/events', [query, { signal }])
    return followEvents({ ask, sleep: this.environment.sleep }, options)
  }

  /** Any route; its answer as it comes. @throws KvitError where it is no success. */
  async send<M extends Method, P extends Path<M>>(
    method: M,
    path: P,
    ...[asks, options]: Arguments<AsksOf<M, P>>
  ): Promise<Response> {
    return this.request(method, path, (asks ?? {}) as Asks, options)
  }

  private async json<T>(method: Method, path: string, [asks, options]: readonly unknown[]): Promise<T> {
    const given = (options ?? {}) as RequestOptions
    return this.attempts(method, path, (asks ?? {}) as Asks, given, async (response) => {
      const text = await response.text()
      try {
        return JSON.parse(text) as T
      } catch {
        throw new AnswerError(response.status, text.slice(0, 500), `the answer to ${method} ${path} is no JSON`)
      }
    })
  }

  private async request(method: Method, path: string, asks: Asks, options: RequestOptions = {}): Promise<Response> {
    return this.attempts(method, path, asks, options, async (response) => response)
  }

  /** Sends a request until it is answered, or it is no use. */
  private async attempts<T>(
    method: Method,
    path: string,
    asks: Asks,
    options: RequestOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const address = `${this.url}${addressOf(path, asks)}`
    const init = { method: method.toUpperCase(), ...this.partsOf(method, asks['body'], options) }
    const canRepeat = isRepeatable(method, path)
    // A stream is read once.
    const isOnce = asks['body'] instanceof ReadableStream
    const most = isOnce ? 0 : (options.retries ?? this.options.retries ?? RETRIES)
    for (let attempt = 1; ; attempt++) {
      let asked: number | null = null
      try {
        return await this.attempt(address, path, init, options, async (response) => {
          if (response.ok) return read(response)
          asked = askedPauseMs(response.headers)
          throw errorOf(response.status, await response.text())
        })
      } catch (error) {
        options.signal?.throwIfAborted()
        const kind = kindOf(error)
        if (attempt > most || kind === 'final' || (kind === 'unknown' && !canRepeat)) throw error
        const pause = pauseMs(attempt, asked, this.environment.chance())
        if (pause === null) throw error
        await this.environment.sleep(pause, options.signal)
      }
    }
  }

  /**
   * One attempt: it ends in time, or when the caller's signal ends it.
   * @param path what errors name: an address may have a secret in it
   */
  private async attempt<T>(
    address: string,
    path: string,
    init: RequestInit,
    options: RequestOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    options.signal?.throwIfAborted()
    const timeoutMs = options.timeoutMs ?? this.options.timeoutMs ?? TIMEOUT_MS
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(), timeoutMs)
    // The caller's signal ends what comes as a stream, too, long after this has returned.
    const signal = options.signal === undefined ? end.signal : AbortSignal.any([options.signal, end.signal])
    try {
      return await read(await this.environment.fetch(address, { ...init, signal }))
    } catch (error) {
      options.signal?.throwIfAborted()
      if (error instanceof KvitError) throw error
      if (end.signal.aborted)
        throw new NoAnswerError('timed_out', `${this.url}${path} gave no answer in ${timeoutMs} ms`, error)
      throw new NoAnswerError('unreachable', `${this.url}${path} cannot be reached, or the connection was lost`, error)
    } finally {
      clearTimeout(timer)
    }
  }

  private partsOf(method: Method, body: unknown, options: RequestOptions): RequestInit {
    const { key, tenant, headers } = this.options
    const all: Record<string, string> = { accept: 'application/json, */*', 'kvit-version': API_VERSION }
    if (key !== undefined) all['authorization'] = `Bearer ${key}`
    if (tenant !== undefined) all['kvit-tenant'] = tenant
    // Routes that keep no answer by it leave it out of account.
    if (method !== 'get') all['idempotency-key'] = options.idempotencyKey ?? this.environment.makeKey()
    const parts: RequestInit = body === undefined ? {} : bodyOf(body, all, options.contentType)
    if (body instanceof ReadableStream) Object.assign(parts, { duplex: 'half' })
    // One name however it is written: `Authorization` takes the place of `authorization`, and does not stand beside it.
    for (const [name, value] of Object.entries({ ...headers, ...options.headers })) all[name.toLowerCase()] = value
    return { ...parts, headers: all, redirect: 'manual' }
  }
}

function bodyOf(body: unknown, headers: Record<string, string>, contentType: string | undefined): RequestInit {
  const isRaw =
    typeof body === 'string' ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof Blob ||
    body instanceof ReadableStream
  headers['content-type'] = contentType ?? (isRaw ? 'application/octet-stream' : 'application/json')
  return { body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }
}

/** A page that came without TLS has no `crypto.randomUUID`, but it has chance. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
