import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Readable } from 'node:stream'
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
import type { Database } from '../db.ts'
import type { EventType } from '../events/event-type.ts'
import { Gate } from '../gate.ts'
import { Guesses } from '../guesses.ts'
import type { Metrics } from '../metrics.ts'
import { forOrigin } from '../origin.ts'
import { Refusal } from '../problems.ts'
import type { AfterCommit, ReadContext, Tenant } from '../tenant.ts'
import { admitSigned } from './admit-signed.ts'
import { type AsideWork, answerRoute } from './answer-route.ts'
import { accessOf, apiDescription, takesIdempotencyKey } from './api-description.ts'
import { assertKnownVersion, CURRENT_VERSION } from './api-version.ts'
import { type AuditLog, askingOf, isWrite } from './audit-log.ts'
import { authorize, type Caller, type Callers, keyOf, PLATFORM } from './authorize.ts'
import type { Admission, Budgets } from './budgets.ts'
import { compressAnswers, isCompressed } from './compression.ts'
import { addConsole, Console, isPageOfConsole, sendConsole } from './console.ts'
import { allowOrigins } from './cross-origin.ts'
import { hotRequests } from './hot-requests.ts'
import { assertKnownQuery } from './known-query.ts'
import { LargeBodies } from './large-bodies.ts'
import { addFrontDoor, noRoute } from './no-route.ts'
import { parseQuery } from './query-text.ts'
import { readBody } from './read-body.ts'
import { pathOf, type Route } from './route.ts'
import { REFERENCE_POLICY, safeHeaders } from './safe-headers.ts'
import { speakPlainly } from './schema-words.ts'
import { sendProblem } from './send-problem.ts'
import { fieldsOf } from './sent-body.ts'

/** Largest body of an ordinary request. Usage and catalogue routes name their own. */
const BODY_LIMIT = 1024 * 1024
/** How long a sender may take for the head of a request, and for all of it. */
const HEAD_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 120_000
/** How often senders who take too long are looked for. */
const TIMEOUTS_EVERY_MS = 2_000
const MAX_CONNECTIONS = 8_000
/**
 * Ordinary requests that are worked on at once, each with a connection to the database: so many leave some for what works
 * behind the API, and one tenant leaves some for the others.
 */
const AT_DATABASE = { atOnce: 10, atOnceOfOwner: 7, waiting: 4_000, waitingOfOwner: 1_000 }

export interface ServerDependencies extends Callers {
  readonly db: Database
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  readonly version: string
  /** What can happen, for the description of the API. */
  readonly events: readonly EventType[]
  readonly budgets: Budgets
  /** Where routes are worked on that could stall charging. */
  readonly aside: AsideWork
  readonly audit: AuditLog
  nowMs(tenant: Tenant): number
  /** Notifies the engine, and those who keep callers in memory, of a write. */
  afterCommit(context: Omit<ReadContext, 'db'>, told: AfterCommit): Promise<void>
  /** Certificate and private key in PEM; plain HTTP without them. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  /** Origins whose pages may ask from a browser; `*` is all. */
  readonly corsOrigins: readonly string[]
  /** Where the console is built into. */
  readonly consoleDir: string
  /** Opens `/metrics` to a collector; without one only root keys do. */
  readonly metricsToken: string | null
  /** `ok`, or what keeps it from work. */
  readiness(): Promise<string>
}

declare module 'fastify' {
  interface FastifyRequest {
    tenant: Tenant
    caller: Caller
    /** What the request takes up of the budgets of its key and tenant; null before it is known whose it is. */
    admission: Admission | null
    /** Names of what the body had as it was sent, before what was left out took its default. */
    sentFields: readonly string[] | undefined
    /** Of a signed message: the name by which it has one effect, however often it comes. */
    signedKey: string | null
    /** What distinguishes the body from another one, where that is not its value. */
    bodyFingerprint: string | null
  }
}

export async function createServer(
  dependencies: ServerDependencies,
  routes: readonly Route[],
): Promise<FastifyInstance> {
  speakPlainly()
  const headers = { ...safeHeaders(dependencies.tls !== null), 'kvit-version': CURRENT_VERSION }
  const hot = hotRequests(dependencies, routes, headers)
  const console = new Console(dependencies.consoleDir)
  const atDatabase = new Gate('requests', AT_DATABASE)
  const largeBodies = new LargeBodies()
  const timeouts = {
    headersTimeout: HEAD_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUTS_EVERY_MS,
  }
  const app = Fastify({
    serverFactory: (handler) => {
      const listener: RequestListener = (request, response) => {
        if (!hot(request, response)) handler(request, response)
      }
      const { tls } = dependencies
      const server =
        tls === null
          ? createHttpServer(timeouts, listener)
          : createHttpsServer({ ...timeouts, ...tls, minVersion: 'TLSv1.2' }, listener)
      server.maxConnections = MAX_CONNECTIONS
      return server
    },
    loggerInstance: dependencies.log,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 300, querystringParser: parseQuery },
    // Unique over all starts and servers, so that a log can be searched for one.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => {
      void reply.headers(headers).header('request-id', request.id)
      void sendProblem(error as FastifyError, request as FastifyRequest, reply as FastifyReply)
    },
  })
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers).header('request-id', request.id)
  })
  await allowOrigins(app, dependencies.corsOrigins)
  app.addHook('onRequest', async (request) => assertKnownVersion(request.headers))
  await compressAnswers(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(error, request, reply))
  // Nothing is read of a body that nobody waits for.
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return undefined
    const isPage = isPageOfConsole(request.method, request.url, request.headers.accept)
    if (!isPage) throw noRoute(routes, request.method, request.url)
    return sendConsole(console, request, reply)
  })
  app.decorateRequest('tenant')
  app.decorateRequest('caller')
  app.decorateRequest('admission', null)
  app.decorateRequest('bodyFingerprint', null)
  app.decorateRequest('signedKey', null)
  app.decorateRequest('sentFields')
  app.addHook('onClose', async () => largeBodies.close())
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    dependencies.metrics.requests.observe(
      { route, method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  await app.register(swagger, apiDescription(dependencies.version, routes, dependencies.events))
  await app.register(async (page) => {
    page.addHook('onRequest', async (_request, reply) => {
      void reply.header('content-security-policy', REFERENCE_POLICY)
    })
    await page.register(reference, { routePrefix: '/reference', configuration: REFERENCE_PAGE })
  })
  addFrontDoor(app, dependencies.version, console)
  addConsole(app, console)
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/livez', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const status = await dependencies.readiness()
    return reply.status(status === 'ok' ? 200 : 503).send({ status })
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    await authorizeMetrics(dependencies, request.headers.authorization)
    return reply.type(dependencies.metrics.contentType).send(await dependencies.metrics.text())
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    const body = await bodyOf(largeBodies, request, payload)
    const { value, fingerprint } = await largeBodies.parse(request.tenant.name, body)
    request.bodyFingerprint = fingerprint
    return value
  })
  for (const route of routes) if (route.rawBody !== true) addRoute(app, dependencies, atDatabase, route)
  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) =>
      bodyOf(largeBodies, request, payload),
    )
    for (const route of routes) if (route.rawBody === true) addRoute(raw, dependencies, atDatabase, route)
  })
  return app
}

/** Metrics name tenants: they are for the owner of the machine, and for a collector with the token of the settings. */
async function authorizeMetrics(
  dependencies: Pick<ServerDependencies, 'metricsToken' | 'findCaller'>,
  authorization: string | undefined,
): Promise<void> {
  const { metricsToken } = dependencies
  const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? []
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  if (metricsToken !== null && timingSafeEqual(digest(token), digest(metricsToken))) return
  const caller = token === '' ? null : await dependencies.findCaller(token)
  if (caller === null)
    throw new Refusal('unauthenticated', 'send KVIT_METRICS_TOKEN or a root key as "Authorization: Bearer …"')
  if (caller.tenantName !== null)
    throw new Refusal('forbidden', 'metrics are of all tenants: use KVIT_METRICS_TOKEN or a root key')
}

async function bodyOf(largeBodies: LargeBodies, request: FastifyRequest, payload: Readable): Promise<Buffer> {
  const { admission, headers, routeOptions } = request
  if (admission === null) throw noRoute([], request.method, request.url)
  const { 'content-encoding': encoding = 'identity' } = headers
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Refusal('unsupported_media_type', `content encoding ${encoding}; send gzip or none`)
  // A small packed body may unfold to very much: that is not done for somebody who is not known.
  if (encoding === 'gzip' && request.caller.kind === 'nobody')
    throw new Refusal('unsupported_media_type', 'without a key or a session a body is sent as it is, not packed')
  const announced = Number(headers['content-length'] ?? Number.NaN)
  const body = await readBody(payload, routeOptions.bodyLimit ?? BODY_LIMIT, announced, admission)
  return encoding === 'gzip' ? largeBodies.unfold(request.tenant.name, body, admission) : body
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

function addRoute(app: FastifyInstance, dependencies: ServerDependencies, atDatabase: Gate, route: Route): void {
  const { params, query, body, tag, summary } = route
  const { audit } = dependencies
  const isLogged = isWrite(route)
  const wrongSignatures = new Guesses()
  const schema = {
    tags: [tag],
    summary,
    description: `${accessOf(route)}${takesIdempotencyKey(route) ? ' Takes an `Idempotency-Key` header.' : ''}`,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
  }
  const needsBody = body !== undefined && !body.safeParse(undefined).success
  app.route({
    method: route.method,
    url: pathOf(route),
    schema,
    bodyLimit: route.bodyLimit ?? BODY_LIMIT,
    ...(route.faultPage === undefined
      ? {}
      : { errorHandler: (error, asked, reply) => void sendProblem(error, asked, reply, route.faultPage) }),
    ...(isCompressed(route) ? {} : { compress: false as const }),
    onRequest: async (request, reply) => {
      const { caller, tenant } = await authorize(dependencies, request, route)
      request.caller = caller
      request.tenant = tenant
      const admission = dependencies.budgets.admit(tenant.name, keyOf(caller), caller.requestsPerSecond)
      request.admission = admission
      reply.raw.once('close', () => admission.release())
      assertKnownQuery(route, request.query)
    },
    preValidation: async (request) => {
      request.sentFields = fieldsOf(request.body)
      if (needsBody && (request.body === undefined || request.body === null))
        throw new Refusal('invalid_request', 'the body is empty; send JSON', {
          errors: [{ path: '/', message: 'empty' }],
        })
    },
    handler: async (request, reply) => {
      if (route.auth === 'signature')
        await admitSigned({ ...dependencies, atDatabase }, route, request, wrongSignatures)
      const origin = { requestId: request.id, actor: request.caller.id }
      const work = async (): Promise<unknown> => answerRoute({ ...dependencies, atDatabase }, route, request, reply)
      try {
        if (isLogged && route.logged === 'hourly')
          await audit.noteHourly(request.tenant, route, () => askingOf(request), request.caller, request.ip)
        return await forOrigin(origin, work)
      } catch (error) {
        if (isLogged && error instanceof Refusal) await noteRefusal(dependencies, route, request, error)
        throw error
      }
    },
  })
}

/** What is refused after it began, or of somebody whose password did not fit: the others have changed nothing. */
async function noteRefusal(
  { audit, log }: Pick<ServerDependencies, 'audit' | 'log'>,
  route: Route,
  request: FastifyRequest,
  { code }: Refusal,
): Promise<void> {
  if (route.logged === 'hourly' || (route.kind === 'write' && request.tenant !== PLATFORM)) return
  if (code === 'too_many_attempts' || code === 'too_many_requests') return
  try {
    await audit.writeAlone(request.tenant, route, askingOf(request), 'refused', null, code)
  } catch (error) {
    log.error({ err: error, requestId: request.id }, 'a refusal could not be noted')
  }
}
