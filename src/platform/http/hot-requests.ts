import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyError } from 'fastify'
import { type Database, inSchema } from '../db.ts'
import type { Metrics } from '../metrics.ts'
import { Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import { CURRENT_VERSION } from './api-version.ts'
import type { Asking, AuditLog } from './audit-log.ts'
import { authorize, type Caller, type Callers, keyOf } from './authorize.ts'
import type { Admission, Budgets } from './budgets.ts'
import { problemAnswer } from './problem-answer.ts'
import type { Route } from './route.ts'

/** A larger body takes the ordinary way, where its size does not matter. */
const MAX_BODY = 64 * 1024

export interface HotDependencies extends Callers {
  readonly db: Database
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  readonly budgets: Budgets
  readonly audit: AuditLog
  nowMs(tenant: Tenant): number
}

/**
 * Answers small plain requests of hot routes before the router sees them: the same authorization and answers, without
 * the cost of hooks, parsers and schemas. Everything else takes the ordinary way.
 * @param always headers of every answer
 * @returns a function that says whether it has taken the request.
 */
export function hotRequests(
  dependencies: HotDependencies,
  routes: readonly Route[],
  always: Readonly<Record<string, string>>,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  // Made once: an answer adds its length alone.
  const json = { ...always, 'content-type': 'application/json' }
  const hot = new Map(routes.filter(({ hot: handle }) => handle !== undefined).map((route) => [route.url, route]))
  return (request, response) => {
    const route = request.method === 'POST' ? hot.get(request.url ?? '') : undefined
    if (route === undefined) return false
    const { headers } = request
    const length = Number(headers['content-length'] ?? Number.NaN)
    if (!(length <= MAX_BODY) || headers['content-encoding'] !== undefined || headers.expect !== undefined) return false
    // A browser needs headers in its answer, and another version than this one is to be looked at.
    if (headers.origin !== undefined) return false
    if ((headers['kvit-version'] ?? CURRENT_VERSION) !== CURRENT_VERSION) return false
    const startedMs = performance.now()
    void answer(dependencies, route, request, length, response, json).then((status) =>
      dependencies.metrics.requests.observe(
        { route: route.url, method: 'POST', status },
        (performance.now() - startedMs) / 1000,
      ),
    )
    return true
  }
}

/** @returns the status that was answered. */
async function answer(
  dependencies: HotDependencies,
  route: Route,
  request: IncomingMessage,
  length: number,
  response: ServerResponse,
  always: Readonly<Record<string, string>>,
): Promise<number> {
  let admission: Admission | null = null
  const ip = request.socket.remoteAddress ?? ''
  try {
    // Nothing of the body is read before it is known whose it is.
    const { tenant, caller } = await authorize(dependencies, { headers: request.headers, method: 'POST', ip }, route)
    admission = dependencies.budgets.admit(tenant.name, keyOf(caller), caller.requestsPerSecond)
    const noted = dependencies.audit.noteHourly(tenant, route, () => askingOf(request, caller, ip), caller, ip)
    if (noted !== null) await noted
    admission.takeBytes(length)
    const body = await smallBody(request)
    const context = { tenant, db: inSchema(dependencies.db, tenant.schema), nowMs: dependencies.nowMs(tenant) }
    const text = await (route.hot as NonNullable<Route['hot']>)(context, body)
    return send(response, 200, always, text)
  } catch (error) {
    const requestId = randomUUID()
    const problem = problemAnswer(error as FastifyError | Refusal, requestId)
    if (problem.status === 500) dependencies.log.error({ err: error, requestId }, 'request failed')
    const retry = problem.retryAfterSeconds === null ? {} : { 'retry-after': String(problem.retryAfterSeconds) }
    const close = request.complete ? {} : { connection: 'close' }
    const headers = {
      ...always,
      'request-id': requestId,
      'content-type': 'application/problem+json',
      ...retry,
      ...close,
    }
    return send(response, problem.status, headers, problem.body)
  } finally {
    admission?.release()
  }
}

function askingOf({ headers }: IncomingMessage, caller: Caller, ip: string): Asking {
  return { requestId: randomUUID(), caller, ip, userAgent: headers['user-agent'] ?? '', params: null, fields: [] }
}

/** A body whose length is known to be small. A sender who stops in the middle is hung up on by the server. */
async function smallBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)))
    request.on('close', () => reject(new Refusal('invalid_request', 'the body was cut off')))
    request.on('error', reject)
  })
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): number {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) })
  response.end(text)
  return status
}
