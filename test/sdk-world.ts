/** A world for the SDK, told by a `fetch` that answers as a test has it: no server, and no waiting. */
import assert from 'node:assert/strict'
import { Kvit, type KvitOptions } from '../packages/sdk/src/index.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}
export type Reply = Response | Error | ((asked: Asked, signal: AbortSignal) => Response | Promise<Response>)

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } })

export const problem = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
  more: object = {},
): Response =>
  json(
    { type: `urn:kvit:problem:${code}`, title: '', status, code, detail: `it is ${code}`, requestId: 'r-1', ...more },
    status,
    headers,
  )

export const lost = (): Error => new TypeError('fetch failed')

/** A client whose requests get these replies, one after another; what it asked, and how long it waited. */
export function client(
  replies: readonly Reply[],
  options: Partial<KvitOptions> = {},
): { kvit: Kvit; asked: Asked[]; waits: number[] } {
  const [asked, waits, left]: [Asked[], number[], Reply[]] = [[], [], [...replies]]
  const kvit = new Kvit({
    url: 'http://kvit.test/',
    key: 'kvit_k',
    tenant: 'main',
    ...options,
    environment: {
      fetch: async (url, init) => {
        const headers = init.headers as Record<string, string>
        const isJson = headers['content-type'] === 'application/json'
        const body: unknown = isJson ? JSON.parse(String(init.body)) : init.body
        const request = { method: String(init.method), path: url.replace('http://kvit.test', ''), headers, body }
        asked.push(request)
        const reply = left.shift()
        assert.ok(reply !== undefined, `nothing is left to answer ${request.method} ${url}`)
        if (reply instanceof Error) throw reply
        return reply instanceof Response ? reply : reply(request, init.signal as AbortSignal)
      },
      sleep: async (ms, signal) => {
        waits.push(ms)
        signal?.throwIfAborted()
      },
      chance: () => 1,
      ...options.environment,
    },
  })
  return { kvit, asked, waits }
}

export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (answer) => assert.fail(`it was answered: ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  )
}
