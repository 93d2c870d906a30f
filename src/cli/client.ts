import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../app/start.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { DataDirBusy, findRunningServer } from '../platform/data-dir.ts'
import { toJson } from '../platform/http/json.ts'
import { codeOf, StartMistake } from '../platform/start-mistake.ts'

/** How long a command keeps asking a server that is away or recovering. */
const MAX_TRIES = 60
const RETRY_DELAY_MS = 500
/** Who waits longer than this is told what for. */
const TRIES_BEFORE_WORD = 3
/** A name that nobody knows, or an address that is none, will be no other one half a second later. */
const HOPELESS = new Set(['ENOTFOUND', 'ERR_INVALID_URL', 'UND_ERR_INVALID_ARG', 'DEPTH_ZERO_SELF_SIGNED_CERT'])

/** Rows that the API gives at once, at most. */
const MAX_PAGE = 500

/** What stands in the query of an address; of an object, a parameter for each entry: `metadata[region]=eu`. */
export type Query = Readonly<Record<string, string | boolean | Readonly<Record<string, string>> | undefined>>

/** `?account=1001&state=open`, of values that are set; nothing where none is. */
export function queryText(values: Query): string {
  const set = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (typeof value !== 'object') return [[name, String(value)]]
    return Object.entries(value).map(([key, text]) => [`${name}[${key}]`, text])
  })
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`
}

/** What the API says in words of its own, and what that is on the command line. */
const WORDS: Readonly<Record<string, string>> = {
  unauthenticated: 'the server does not know this API key: see KVIT_KEY, and KVIT_URL, which names the server',
}

/** The API turned a request down. */
export class ApiError extends Error {
  readonly problem: Readonly<Record<string, unknown>>

  constructor(problem: Readonly<Record<string, unknown>>) {
    super(String(WORDS[String(problem['code'])] ?? problem['detail'] ?? problem['title'] ?? 'the request failed'))
    this.problem = problem
  }
}

interface Server {
  readonly url: string
  readonly key: string
}

interface Options {
  readonly method?: string
  readonly body?: unknown
  readonly raw?: Uint8Array
  readonly contentType?: string
}

/**
 * Talks to the API: of the server that `KVIT_URL` names, of the one that runs on this data directory, or of one that
 * is started for as long as the command takes. What a cut-off request did is safe to ask again.
 */
export class Client {
  readonly tenant: string | undefined
  private readonly config: Config
  private readonly maxTries: number
  private readonly signal: AbortSignal | undefined
  private server: Server | undefined
  private fixed: Server | undefined
  private app: App | undefined
  private starting: Promise<App> | undefined

  /**
   * @param maxTries how often a request is sent to a server that is away or recovering.
   * @param signal ends the request under way, and every further one fails with its reason.
   */
  constructor(config: Config, tenant: string | undefined, maxTries: number = MAX_TRIES, signal?: AbortSignal) {
    this.config = config
    this.maxTries = maxTries
    this.signal = signal
    this.tenant = tenant
  }

  /** Talks to one server and to no other. */
  static at(url: string, key: string, tenant: string): Client {
    const client = new Client({ ...readConfig({}), dataDir: '' }, tenant)
    client.fixed = { url, key }
    return client
  }

  async get<T = Json>(path: string): Promise<T> {
    return (await this.send(path, {})).json() as Promise<T>
  }

  async post<T = Json>(path: string, body: unknown, method = 'POST'): Promise<T> {
    return (await this.send(path, { method, body })).json() as Promise<T>
  }

  async postRaw<T = Json>(path: string, raw: Uint8Array, contentType: string): Promise<T> {
    return (await this.send(path, { method: 'POST', raw, contentType })).json() as Promise<T>
  }

  async patchRaw<T = Json>(path: string, raw: Uint8Array): Promise<T> {
    return (await this.send(path, { method: 'PATCH', raw, contentType: 'application/json' })).json() as Promise<T>
  }

  /** What an answer to a body has, whatever it is. */
  async downloadOf(path: string, body: unknown): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send(path, { method: 'POST', body })).arrayBuffer())
  }

  async download(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send(path, {})).arrayBuffer())
  }

  /** An answer as it comes, of any length. */
  async *stream(path: string): AsyncGenerator<Uint8Array> {
    const { body } = await this.send(path, {})
    if (body !== null) yield* body
  }

  /** All items of a list, page by page. @param most so many are enough. */
  async list<T = Json>(path: string, most: number = Number.POSITIVE_INFINITY): Promise<T[]> {
    const items: T[] = []
    let cursor: string | null = null
    do {
      const join = path.includes('?') ? '&' : '?'
      const page: { items: T[]; nextCursor?: string | null } = await this.get(
        `${path}${join}limit=${Math.min(MAX_PAGE, most - items.length)}${cursor === null ? '' : `&cursor=${cursor}`}`,
      )
      items.push(...page.items)
      cursor = page.nextCursor ?? null
    } while (cursor !== null && items.length < most)
    return items
  }

  async close(): Promise<void> {
    // An interrupt may come while a server is being started: it is ended all the same.
    const app = await this.starting?.catch(() => undefined)
    await app?.close()
    this.app = undefined
    this.starting = undefined
    this.server = undefined
  }

  private async send(path: string, { method = 'GET', body, raw, contentType }: Options): Promise<Response> {
    const idempotencyKey = randomUUID()
    for (let attempt = 1; ; attempt++) {
      this.signal?.throwIfAborted()
      const server = await this.connect()
      const headers: Record<string, string> = { authorization: `Bearer ${server.key}` }
      if (method !== 'GET') headers['idempotency-key'] = idempotencyKey
      if (this.tenant !== undefined) headers['kvit-tenant'] = this.tenant
      const content = raw ?? (body === undefined ? undefined : toJson(body))
      if (content !== undefined) headers['content-type'] = contentType ?? 'application/json'
      try {
        const response = await fetch(`${server.url}${path}`, {
          method,
          headers,
          ...(content === undefined ? {} : { body: content as string }),
          ...(this.signal === undefined ? {} : { signal: this.signal }),
        })
        if (response.ok) return response
        const problem = await problemOf(server, response)
        const isBusy =
          (response.status === 503 && problem['code'] !== 'secrets_unavailable') ||
          problem['code'] === 'too_many_requests'
        if (!isBusy || attempt >= this.maxTries) throw new ApiError(problem)
      } catch (error) {
        this.signal?.throwIfAborted()
        if (error instanceof ApiError) throw error
        const code = codeOf(error instanceof Error ? error.cause : undefined)
        if (attempt >= this.maxTries || HOPELESS.has(code)) throw unreachable(server, error)
        if (attempt === TRIES_BEFORE_WORD)
          console.error(`kvit: ${server.url} does not answer${code === '' ? '' : ` (${code})`}; trying on`)
        if (this.app === undefined) this.server = undefined
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS))
    }
  }

  private async connect(): Promise<Server> {
    this.server ??= this.fixed ?? (await this.findServer()) ?? (await this.startServer())
    return this.server
  }

  private async findServer(): Promise<Server | null> {
    const [url, key] = [process.env['KVIT_URL'], process.env['KVIT_KEY']]
    if (url !== undefined && url !== '') return { url: originOf(url), key: key ?? '' }
    const running = await findRunningServer(this.config.dataDir)
    if (running === null) return null
    const file = join(this.config.dataDir, 'root.key')
    try {
      return { url: running.url, key: (await readFile(file, 'utf8')).trim() }
    } catch (error) {
      throw new StartMistake(
        `the root key in ${file} cannot be read (${codeOf(error)}): run as the user who runs the server, or set KVIT_URL and KVIT_KEY`,
      )
    }
  }

  /** The server's code is loaded only where there is no server to talk to. */
  private async startServer(): Promise<Server> {
    const { startApp } = await import('../app/start.ts')
    for (let attempt = 1; ; attempt++) {
      try {
        this.starting = startApp({ ...this.config, port: 0 })
        this.app = await this.starting
        return { url: this.app.url, key: this.app.rootKey }
      } catch (error) {
        if (!(error instanceof DataDirBusy) || attempt >= MAX_TRIES) throw error
        this.signal?.throwIfAborted()
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS))
        const server = await this.findServer()
        if (server !== null) return server
      }
    }
  }
}

/** `http://host:8080/` → `http://host:8080`, to which paths are added. */
function originOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    throw new StartMistake(`KVIT_URL=${url} is no address of a server: write it as http://127.0.0.1:8080`)
  return url.replace(/\/+$/, '')
}

/** What a server answered that is no success; others than Kvit's may answer anything. */
async function problemOf({ url }: Server, response: Response): Promise<Json> {
  const text = await response.text()
  try {
    return JSON.parse(text) as Json
  } catch {
    return { detail: `${url} answered ${response.status} and is no server of Kvit, it seems: see KVIT_URL` }
  }
}

function unreachable({ url }: Server, error: unknown): Error {
  const cause = error instanceof Error ? error.cause : undefined
  const why = codeOf(cause) || (cause instanceof Error ? cause.message : String(error))
  return new StartMistake(`no server answers at ${url} (${why}): start it, or correct KVIT_URL`, { cause: error })
}

export type Json = Record<string, unknown>
