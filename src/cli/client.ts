import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, DataDirBusy, startApp } from '../main.ts'
import type { Config } from '../platform/config.ts'
import { toJson } from '../platform/http/json.ts'
import { isAlive } from '../platform/processes.ts'

/** How long a command keeps asking a server that is away or recovering. */
const MAX_TRIES = 60
const RETRY_DELAY_MS = 500

/** The API turned a request down. */
export class ApiError extends Error {
  readonly problem: Readonly<Record<string, unknown>>

  constructor(problem: Readonly<Record<string, unknown>>) {
    super(String(problem['detail'] ?? problem['title'] ?? 'the request failed'))
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
  private server: Server | undefined
  private app: App | undefined

  /** @param maxTries how often a request is sent to a server that is away or recovering. */
  constructor(config: Config, tenant: string | undefined, maxTries: number = MAX_TRIES) {
    this.config = config
    this.maxTries = maxTries
    this.tenant = tenant
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

  async download(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send(path, {})).arrayBuffer())
  }

  /** All items of a list, page by page. */
  async list<T = Json>(path: string): Promise<T[]> {
    const items: T[] = []
    let cursor: string | null = null
    do {
      const join = path.includes('?') ? '&' : '?'
      const page: { items: T[]; nextCursor?: string | null } = await this.get(
        `${path}${join}limit=500${cursor === null ? '' : `&cursor=${cursor}`}`,
      )
      items.push(...page.items)
      cursor = page.nextCursor ?? null
    } while (cursor !== null)
    return items
  }

  async close(): Promise<void> {
    await this.app?.close()
    this.app = undefined
    this.server = undefined
  }

  private async send(path: string, { method = 'GET', body, raw, contentType }: Options): Promise<Response> {
    const idempotencyKey = randomUUID()
    for (let attempt = 1; ; attempt++) {
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
        })
        if (response.ok) return response
        const problem = (await response.json()) as Json
        const isBusy = response.status === 503 || problem['code'] === 'too_many_requests'
        if (!isBusy || attempt >= this.maxTries) throw new ApiError(problem)
      } catch (error) {
        if (error instanceof ApiError || attempt >= this.maxTries) throw error
        if (this.app === undefined) this.server = undefined
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS))
    }
  }

  private async connect(): Promise<Server> {
    this.server ??= (await this.findServer()) ?? (await this.startServer())
    return this.server
  }

  private async findServer(): Promise<Server | null> {
    const [url, key] = [process.env['KVIT_URL'], process.env['KVIT_KEY']]
    if (url !== undefined) return { url, key: key ?? '' }
    const text = await readFile(join(this.config.dataDir, 'server.json'), 'utf8').catch(() => null)
    if (text === null) return null
    const running = JSON.parse(text) as { pid: number; url: string }
    if (!isAlive(running.pid)) return null
    const rootKey = await readFile(join(this.config.dataDir, 'root.key'), 'utf8')
    return { url: running.url, key: rootKey.trim() }
  }

  private async startServer(): Promise<Server> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.app = await startApp({ ...this.config, port: 0 })
        return { url: this.app.url, key: this.app.rootKey }
      } catch (error) {
        if (!(error instanceof DataDirBusy) || attempt >= MAX_TRIES) throw error
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS))
        const server = await this.findServer()
        if (server !== null) return server
      }
    }
  }
}

export type Json = Record<string, unknown>
