import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKeptExactly } from '../../core/base/kept-text.ts'
import { type Database, inSchema } from '../db.ts'
import type { Gate } from '../gate.ts'
import { Refusal } from '../problems.ts'
import type { AfterCommit, ReadContext, StreamContext, Tenant } from '../tenant.ts'
import { type AuditLog, askingOf, isWrite } from './audit-log.ts'
import { PLATFORM } from './authorize.ts'
import { runWrite } from './idempotency.ts'
import { toJson } from './json.ts'
import { TEXT_NOT_KEPT } from './parse-json.ts'
import { type Input, RawAnswer, type Route } from './route.ts'

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

/** What a route is asked. */
export type AnyInput = Input<unknown, unknown, unknown>

/** Works on routes elsewhere. */
export interface AsideWork {
  run(route: Route, context: Omit<ReadContext, 'db'>, input: AnyInput): Promise<RawAnswer>
}

interface Dependencies {
  readonly db: Database
  readonly aside: AsideWork
  /** Lets ordinary requests take connections to the database, in fair turns. */
  readonly atDatabase: Gate
  readonly audit: AuditLog
  nowMs(tenant: Tenant): number
  /** Notifies the engine of a write. */
  afterCommit(context: Omit<ReadContext, 'db'>, told: AfterCommit): Promise<void>
}

type Handle<C> = (context: C, input: AnyInput, request?: FastifyRequest, reply?: FastifyReply) => Promise<unknown>

/** Does what a route does, in the way of its kind, and sends its answer. */
export async function answerRoute(
  dependencies: Dependencies,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { tenant } = request
  const context = { tenant, nowMs: dependencies.nowMs(tenant) }
  const { params, query, body } = request
  assertKept(params)
  assertKept(query)
  const input: AnyInput = { params, query, body, idempotencyKey: readIdempotencyKey(request) }
  if (route.aside !== undefined) return sendRaw(reply, await dependencies.aside.run(route, context, input))
  const db = inSchema(dependencies.db, tenant.schema)
  const handle = route.handle as unknown as Handle<unknown>
  const { audit } = dependencies
  const isLogged = isWrite(route) && route.logged !== 'hourly'
  if (route.kind === 'write') {
    const prepare = route.prepare as Handle<ReadContext> | undefined
    const prepared =
      prepare === undefined ? input : { ...input, body: await prepare({ ...context, db }, input, request) }
    const fingerprint = (): string => `${request.method} ${request.url}\n${request.bodyFingerprint ?? toJson(body)}`
    const isKept = route.hasSecret !== true && tenant !== PLATFORM
    const key = isKept ? (request.signedKey ?? input.idempotencyKey) : undefined
    const asked = { key, fingerprint, status: route.status }
    let logged: Tenant[] = []
    const stored = await dependencies.atDatabase.run(tenant.name, async () =>
      runWrite(
        dependencies.db,
        context,
        asked,
        async (write) => {
          const result = await handle(write, prepared, request, reply)
          if (isLogged) logged = await audit.write(write.db, tenant, route, askingOf(request), 'done', result)
          return result
        },
        async (written, told) => dependencies.afterCommit(written, told),
      ),
    )
    audit.announce(logged)
    if (stored.isReplayed) void reply.header('idempotent-replayed', 'true')
    return reply.status(stored.status).type('application/json').send(stored.body)
  }
  const isBegun = isLogged && route.logged !== 'in its commit'
  if (isBegun) await audit.writeAlone(tenant, route, askingOf(request), 'begun')
  let isNoted = false
  const logged: StreamContext['logged'] = (made) => {
    isNoted = true
    return [audit.rowsOfDone(route, askingOf(request), made)]
  }
  const work = async (): Promise<unknown> => handle({ ...context, db, logged }, input, request, reply)
  // What commits by itself has its own queues, and may wait there for long.
  const result = route.kind === 'stream' ? await work() : await dependencies.atDatabase.run(tenant.name, work)
  if (isNoted) audit.announce([tenant])
  else if (isLogged) await audit.writeAlone(tenant, route, askingOf(request), 'done', result)
  if (reply.sent || result === reply) return reply
  if (result instanceof RawAnswer) return sendRaw(reply, result)
  return reply.status(route.status).type('application/json').send(toJson(result))
}

/** What an address says is text, too; in its query one level deeper at most, as in `metadata[region]=eu`. */
function assertKept(value: unknown): void {
  if (typeof value === 'string') {
    if (!isKeptExactly(value)) throw new Refusal('invalid_request', TEXT_NOT_KEPT)
  } else if (value !== null && typeof value === 'object') {
    for (const part of Object.entries(value).flat()) assertKept(part)
  }
}

export function sendRaw(reply: FastifyReply, { type, headers, body }: RawAnswer): FastifyReply {
  const content = typeof body === 'string' || body instanceof Uint8Array ? body : Readable.from(body)
  return reply.headers(headers).type(type).send(content)
}

function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && IDEMPOTENCY_KEY.test(key)) return key
  throw new Refusal('idempotency_key_required', 'an Idempotency-Key has 1 to 200 visible ASCII characters')
}
