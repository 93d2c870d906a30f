import { readFileSync } from 'node:fs'
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
import { hasZodFastifySchemaValidationErrors, jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Database, inSchema, sqlStateOf } from '../db.ts'
import type { Metrics } from '../metrics.ts'
import { PROBLEMS, type ProblemCode, Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import { runWrite } from './idempotency.ts'
import { toJson } from './json.ts'
import type { Input, Route, Scope } from './route.ts'

/** Largest body of an ordinary request. Usage and catalogue routes name their own. */
const BODY_LIMIT = 1024 * 1024
const REQUEST_TIMEOUT_MS = 120_000
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

/** Who calls, as an API key says. A root key has no tenant of its own. */
export interface Caller {
  /** Of the key. */
  readonly id: string
  readonly tenantName: string | null
  readonly scopes: readonly Scope[]
}

export interface ServerDependencies {
  readonly db: Database
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  readonly version: string
  /** @returns null when the key is unknown or revoked. */
  findCaller(apiKey: string): Promise<Caller | null>
  findTenant(name: string): Promise<Tenant | null>
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
  const app = Fastify({
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
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kvit',
        version: dependencies.version,
        description: 'Convergent billing.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: jsonSchemaTransform,
  })
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
    url: route.url.replace(/\{(\w+)\}/g, ':$1'),
    schema,
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    onRequest: async (request) => {
      request.tenant = await authorize(dependencies, request, route.scope)
    },
    handler: async (request, reply) => answer(dependencies, route, request, reply),
  })
}

async function authorize(dependencies: ServerDependencies, request: FastifyRequest, scope: Scope): Promise<Tenant> {
  const [, key] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? []
  const caller = key === undefined ? null : await dependencies.findCaller(key)
  if (caller === null) throw new Refusal('unauthenticated', 'send a valid API key as "Authorization: Bearer …"')
  if (!caller.scopes.includes(scope)) throw new Refusal('forbidden', `this key lacks the scope ${scope}`)
  const asked = request.headers['kvit-tenant']
  if (caller.tenantName !== null && typeof asked === 'string' && asked !== caller.tenantName) {
    throw new Refusal('forbidden', 'this key belongs to another tenant')
  }
  request.caller = caller
  if (isPlatformRoute(request)) {
    if (caller.tenantName === null) return PLATFORM
    throw new Refusal('forbidden', 'tenants are managed with the root key')
  }
  const name = caller.tenantName ?? asked
  if (typeof name !== 'string') throw new Refusal('tenant_required', 'name a tenant in the Kvit-Tenant header')
  const tenant = await dependencies.findTenant(name)
  if (tenant === null)
    throw new Refusal(
      'not_found',
      `no tenant ${name}; create it first: POST /v1/tenants, or kvit tenant create ${name}`,
    )
  return tenant
}

/** Tenants are managed from outside of them, by the root key. */
const PLATFORM: Tenant = { name: '', schema: 'kvit', clockMs: null, acceptanceWindowDays: 0 }
function isPlatformRoute(request: FastifyRequest): boolean {
  return request.routeOptions.url?.startsWith('/v1/tenants') === true
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

/** Fastify's own error codes, as ours. */
const FASTIFY_CODES: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
}

/** What Postgres refuses because of the caller's values, by the beginning of its SQLSTATE. */
const POSTGRES_REFUSALS: readonly (readonly [state: string, code: ProblemCode, detail: string])[] = [
  ['22', 'invalid_request', 'a value cannot be stored: a NUL character, or a number or date out of range'],
  ['23505', 'already_exists', 'another request made a thing with this key at the same moment'],
]

function sendProblem(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, detail, extra } = toProblem(error)
  const [status] = PROBLEMS[code]
  if (status === 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
  if (typeof extra['retryAfterSeconds'] === 'number') void reply.header('retry-after', extra['retryAfterSeconds'])
  const problem = {
    type: `urn:kvit:problem:${code}`,
    title: PROBLEMS[code][1],
    status,
    code,
    detail,
    requestId: request.id,
    ...extra,
  }
  return reply.status(status).type('application/problem+json').send(toJson(problem))
}

function toProblem(error: FastifyError | Refusal): {
  code: ProblemCode
  detail: string
  extra: Readonly<Record<string, unknown>>
} {
  if (error instanceof Refusal) return { code: error.code, detail: error.message, extra: error.extra }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({ path: instancePath, message }))
    return {
      code: 'invalid_request',
      detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
      extra: { errors },
    }
  }
  if (error instanceof z.ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ path: path.join('/'), message }))
    return {
      code: 'invalid_request',
      detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
      extra: { errors },
    }
  }
  const refused = POSTGRES_REFUSALS.find(([state]) => sqlStateOf(error).startsWith(state))
  if (refused !== undefined) return { code: refused[1], detail: refused[2], extra: {} }
  const code =
    FASTIFY_CODES[error.code] ??
    (error instanceof SyntaxError || error.statusCode === 400 ? 'invalid_json' : 'internal')
  return { code, detail: code === 'internal' ? 'the fault was logged' : error.message, extra: {} }
}

export function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
