import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Database, inSchema } from '../db.ts'
import type { Metrics } from '../metrics.ts'
import { Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import { apiDescription } from './api-description.ts'
import { authorize, type Caller, type Callers, PLATFORM } from './authorize.ts'
import { hotRequests } from './hot-requests.ts'
import { runWrite } from './idempotency.ts'
import { toJson } from './json.ts'
import { problemAnswer } from './problem-answer.ts'
import { type Input, pathOf, type Route } from './route.ts'

/** Largest body of an ordinary request. Usage and catalogue routes name their own. */
const BODY_LIMIT = 1024 * 1024
const REQUEST_TIMEOUT_MS = 120_000
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

export interface ServerDependencies extends Callers {
  readonly db: Database
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  readonly version: string
  nowMs(tenant: Tenant): number
  isReady(): boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    tenant: Tenant
    caller: Caller
  }
}

export async function createServer(
  dependencies: ServerDependencies,
  routes: readonly Route[],
): Promise<FastifyInstance> {
  const hot = hotRequests(dependencies, routes)
  const app = Fastify({
    serverFactory: (handler) =>
      createHttpServer((request, response) => {
        if (!hot(request, response)) handler(request, response)
      }),
    loggerInstance: dependencies.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 300 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new Refusal('not_found', `no route ${request.method} ${request.url}`), request, reply),
  )
  app.decorateRequest('tenant')
  app.decorateRequest('caller')
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    dependencies.metrics.requests.observe(
      { route, method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  await app.register(swagger, apiDescription(dependencies.version, routes))
  await app.register(reference, {
    routePrefix: '/reference',
    configuration: REFERENCE_PAGE,
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/livez', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const ready = dependencies.isReady() && (await isReachable(dependencies.db))
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'starting' })
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(dependencies.metrics.contentType).send(await dependencies.metrics.text()),
  )
  for (const route of routes) if (route.rawBody !== true) addRoute(app, dependencies, route)
  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
      unpack(body as Buffer, request.headers['content-encoding']).then((bytes) => done(null, bytes), done)
    })
    for (const route of routes) if (route.rawBody === true) addRoute(raw, dependencies, route)
  })
  return app
}

const gunzipAsync = promisify(gunzip)
/** A packed body may unpack to at most this. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024

async function unpack(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip')
    throw new Refusal('unsupported_media_type', `content encoding ${encoding}; send gzip or none`)
  try {
    return await gunzipAsync(body, { maxOutputLength: MAX_UNPACKED_BYTES })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw tooLarge
      ? new Refusal('payload_too_large', 'the unpacked body is too large')
      : new Refusal('invalid_request', 'the body is not gzip')
  }
}

/** The page asks nobody but this server: no fonts, no assistant, no tools of others. */
const REFERENCE_PAGE = {
  url: '/openapi.json',
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
} as never

async function isReachable(db: Database): Promise<boolean> {
  try {
    await db.selectNoFrom((eb) => eb.val(1).as('one')).execute()
    return true
  } catch {
    return false
  }
}

function addRoute(app: FastifyInstance, dependencies: ServerDependencies, route: Route): void {
  const { params, query, body, tag, summary } = route
  const schema = {
    tags: [tag],
    summary,
    description: `Scope: \`${route.scope}\`.${route.kind === 'write' ? ' Takes an `Idempotency-Key` header.' : ''}`,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
  }
  app.route({
    method: route.method,
    url: pathOf(route),
    schema,
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    onRequest: async (request) => {
      const { caller, tenant } = await authorize(dependencies, request.headers, route.url, route.scope)
      request.caller = caller
      request.tenant = tenant
    },
    handler: async (request, reply) => answer(dependencies, route, request, reply),
  })
}

async function answer(
  dependencies: ServerDependencies,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { tenant } = request
  const context = { tenant, nowMs: dependencies.nowMs(tenant) }
  const idempotencyKey = readIdempotencyKey(request)
  const input: Input<unknown, unknown, unknown> = {
    params: request.params,
    query: request.query,
    body: request.body,
    idempotencyKey,
  }
  const handle = route.handle as unknown as (
    context: unknown,
    input: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<unknown>
  if (route.kind === 'write' && tenant !== PLATFORM) {
    const fingerprint = `${request.method} ${request.url}\n${toJson(request.body)}`
    const stored = await runWrite(
      dependencies.db,
      context,
      { key: idempotencyKey, fingerprint, status: route.status },
      (write) => handle(write, input, request, reply),
    )
    return reply.status(stored.status).type('application/json').send(stored.body)
  }
  const result = await handle({ ...context, db: inSchema(dependencies.db, tenant.schema) }, input, request, reply)
  if (reply.sent || result === reply) return reply
  return reply.status(route.status).type('application/json').send(toJson(result))
}

function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && IDEMPOTENCY_KEY.test(key)) return key
  throw new Refusal('idempotency_key_required', 'an Idempotency-Key has 1 to 200 visible ASCII characters')
}

function sendProblem(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, retryAfterSeconds, body } = problemAnswer(error, request.id)
  if (status === 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
  if (retryAfterSeconds !== null) void reply.header('retry-after', retryAfterSeconds)
  return reply.status(status).type('application/problem+json').send(body)
}

export function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
