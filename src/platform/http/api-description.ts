import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type EventType, envelope } from '../events/event-type.ts'
import { PROBLEMS } from '../problems.ts'
import { type DescribedApi, withExamples, withStyles } from './described-api.ts'
import { isPageLink, pathOf, type Route } from './route.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

/** What the groups of routes are about. */
const TAGS: Readonly<Record<string, string>> = {
  Access: 'Tenants, and the keys that open them',
  Approvals: 'What waits for a second person: reversals, notes on request, write-offs',
  Attachments: 'Files that are kept with documents, customers and disputes',
  'Audit log': 'Who did what, when and from where',
  Audit: 'Checks of all invariants',
  Balances: 'Money and units that are paid for before they are used: top-ups, transfers, adjustments',
  Banks: 'Accounts at banks, their statements, and what each line of them is for',
  Brands: 'What pages look like: logo, colours, columns, texts, in versions that never change',
  Catalogue: 'Meters, plans and rate decks: immutable versions, published from files',
  Charging: 'Usage that is allowed, reserved and charged while it happens',
  Corrections: 'Usage that is amended or retracted after it was charged',
  Customers: 'Issuers, customers, accounts, services and subscriptions',
  Deliveries: 'Documents on their way to customers: by e-mail, into folders, through Peppol',
  Discounts: 'Coupons and what they give',
  Events: 'What happened, for systems that follow it',
  Invoices: 'Bill runs, invoices, notes, and the way from each line to its records',
  Jobs: 'Work that is done later, or goes on until it is done; what was given up, to be run again',
  Ledger: 'Postings, and debits and credits of each ledger account',
  Notifications: 'What customers are told: contacts, what they want, messages by e-mail and other channels, the inbox',
  'Own account': 'Sign-in, and what users do with their own accounts',
  'Payment gateways': 'Payment providers: means of payment that they keep, charges, refunds, disputes',
  'Cash desks': 'Shifts, receipts, and what is in drawers and safes',
  Overview: 'What an operator looks at first: money, usage, and what waits for a person',
  Webhooks: 'Addresses that are told what happens, and what became of it',
  'Payment terminals': 'Terminals and apps of banks that take money and tell of it, registries of what they took',
  'Payment pages': 'Pages in a browser on which payers pay, by a link',
  Payments: 'Money that was received, and what it settles',
  Dunning: 'What is done, step by step, when accounts do not pay',
  'Rate decks': 'Prices by prefix of a number: tables with many rows, in versions',
  'Re-rating': 'Usage that is priced again, and what that changes',
  'Service blocks': 'Services that are blocked, in part or as a whole, and the states that follow',
  Settings: 'Settings of the tenant, with secrets that are written and never read back',
  Books: 'The accountant’s view: charts of accounts, periods that are closed, deferred and unbilled revenue, reports',
  Statements: 'What an account had, what came and went, and what it has',
  Suspense: 'Usage that could not be charged, until it is corrected',
  Tax: 'Rates of tax that documents are taxed with',
  Usage: 'Usage records: deliveries, imports, gaps',
  Users: 'People who work in a tenant: invitations, roles',
  Vouchers: 'Codes that are worth money',
}

/**
 * The name that generated clients give to a route. It follows from method and address alone, and so stays the same:
 * `GET /v1/accounts/{reference}/next-invoice` is `getAccountsByReferenceNextInvoice`.
 */
function operationIdOf({ method, url }: Pick<Route, 'method' | 'url'>): string {
  const words = url
    .replace(/^\/v\d+/, '')
    .replaceAll(/\{(\w+)\}/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

const tenantHeader = z.string().describe('The tenant to work in; a key of a tenant works in its own without it')
const idempotencyHeader = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .optional()
  .describe('A repeated request with it has one effect and gets the first answer, with `Idempotent-Replayed: true`')

const versionHeader = z.iso.date().optional().describe('The version of the API that the caller was written for')
/** Whether an answer is kept for a request that is sent again. */
export function takesIdempotencyKey({ kind, scope, hasSecret }: Route): boolean {
  return kind === 'write' && scope !== undefined && hasSecret !== true
}

/** The headers that a route reads, for its description. */
function headersOf(route: Route): z.ZodType {
  return z.object({
    ...(route.scope === undefined || route.scope === 'tenants:write' ? {} : { 'Kvit-Tenant': tenantHeader.optional() }),
    ...(takesIdempotencyKey(route) ? { 'Idempotency-Key': idempotencyHeader } : {}),
    'Kvit-Version': versionHeader,
  })
}

/** Who may call a route, in a sentence. */
export function accessOf(route: Route): string {
  if (route.scope !== undefined) return `Scope: \`${route.scope}\`.`
  if (route.auth === 'session') return 'For a user who is signed in.'
  if (route.auth === 'signature') return `Signed with the secret of the tenant’s settings: \`${route.signer.header}\`.`
  if (route.auth === 'link' && isPageLink(route.link))
    return 'With the secret of a link, which is the end of the address.'
  return route.auth === 'link' ? 'With the secret of a link: `Authorization: Link …`.' : 'Open to all.'
}

/** What a route takes as proof of who calls, as OpenAPI has it. */
function securityOf(route: Route): Record<string, string[]>[] {
  const { auth, scope } = route
  if (scope !== undefined) return [{ apiKey: [] }, { session: [] }]
  if (auth === 'open' || (route.auth === 'link' && isPageLink(route.link))) return []
  return [{ [auth as string]: [] }]
}

/** What `/openapi.json` is made of. */
export function apiDescription(
  version: string,
  routes: readonly Route[],
  events: readonly EventType[],
): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kvit',
        version,
        description: 'Convergent billing.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'The server that this description comes from' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          link: { type: 'http', scheme: 'Link' },
          signature: { type: 'apiKey', in: 'header', name: 'webhook-signature' },
        },
      },
      security: [{ apiKey: [] }],
      webhooks: Object.fromEntries(events.map((event) => [event.type, toldOf(event) as never])),
    },
    transform: withAnswers(routes),
    transformObject: (document) =>
      withExamples(withStyles(jsonSchemaTransformObject(document) as DescribedApi)) as never,
  }
}

/** An event as readers get it. */
function toldOf({ type, objectKind, meaning, data }: EventType): object {
  const told = z.strictObject({ ...envelope, type: z.literal(type), objectKind: z.literal(objectKind), data })
  const schema = z.toJSONSchema(told, { target: 'draft-2020-12' })
  const content = { 'application/json': { schema } }
  return {
    post: {
      summary: meaning,
      tags: ['Events'],
      requestBody: { content },
      responses: { 200: { description: 'Heard' } },
    },
  }
}

/** What every route may answer instead: a problem, RFC 9457. */
const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS)),
    detail: z.string(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: `code` is stable, `detail` is for people' })

/** Adds what routes answer, and what raw bodies hold, to the description of the API: nothing is checked by it. */
function withAnswers(routes: readonly Route[]): typeof jsonSchemaTransform {
  const byName = new Map(routes.map((route) => [`${route.method} ${pathOf(route)}`, route]))
  return (document) => {
    const { route: at, schema } = document
    const route = byName.get(`${String(at.method)} ${document.url}`)
    if (route === undefined) return jsonSchemaTransform(document)
    const { answer: shape, content, status } = route
    const problems = { description: 'A problem', content: { 'application/problem+json': { schema: problem } } }
    const body = content === undefined ? {} : { body: content.schema, consumes: [content.type] }
    const response = { ...(shape === undefined ? {} : { [status]: shape }), default: problems }
    const described = { operationId: operationIdOf(route), headers: headersOf(route), security: securityOf(route) }
    return jsonSchemaTransform({ ...document, schema: { ...schema, ...described, ...body, response } })
  }
}
