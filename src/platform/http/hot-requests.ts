import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyError } from 'fastify'
import { type Database, inSchema } from '../db.ts'
import type { Metrics } from '../metrics.ts'
import type { Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import { authorize, type Callers } from './authorize.ts'
import { problemAnswer } from './problem-answer.ts'
import type { Route } from './route.ts'

/** A larger body takes the ordinary way, where its size does not matter. */
const MAX_BODY = 64 * 1024

export interface HotDependencies extends Callers {
  readonly db: Database
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  nowMs(tenant: Tenant): number
}

/**
 * Answers small plain requests of hot routes before the router sees them: the same authorization and answers, without
 * the cost of hooks, parsers and schemas. Everything else takes the ordinary way.
 * @returns a function that says whether it has taken the request.
 */
export function hotRequests(
  dependencies: HotDependencies,
  routes: readonly Route[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const hot = new Map(routes.filter(({ hot: handle }) => handle !== undefined).map((route) => [route.url, route]))
  return (request, response) => {
    const route = request.method === 'POST' ? hot.get(request.url ?? '') : undefined
    if (route === undefined) return false
    const { headers } = request
    const length = Number(headers['content-length'] ?? Number.NaN)
    if (!(length <= MAX_BODY) || headers['content-encoding'] !== undefined || headers.expect !== undefined) return false
    const startedMs = performance.now()
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const [first] = parts
      const body = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
      void answer(dependencies, route, request, body, response).then((status) =>
        dependencies.metrics.requests.observe(
          { route: route.url, method: 'POST', status },
          (performance.now() - startedMs) / 1000,
        ),
      )
    })
    return true
  }
}

/** @returns the status that was answered. */
async function answer(
  dependencies: HotDependencies,
  route: Route,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<number> {
  try {
    const { tenant } = await authorize(dependencies, request.headers, route.url, route.scope)
    const context = { tenant, db: inSchema(dependencies.db, tenant.schema), nowMs: dependencies.nowMs(tenant) }
    const text = await (route.hot as NonNullable<Route['hot']>)(context, body)
    return send(response, 200, { 'content-type': 'application/json' }, text)
  } catch (error) {
    const requestId = randomUUID()
    const problem = problemAnswer(error as FastifyError | Refusal, requestId)
    if (problem.status === 500) dependencies.log.error({ err: error, requestId }, 'request failed')
    const retry = problem.retryAfterSeconds === null ? {} : { 'retry-after': String(problem.retryAfterSeconds) }
    return send(response, problem.status, { 'content-type': 'application/problem+json', ...retry }, problem.body)
  }
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): number {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) })
  response.end(text)
  return status
}
