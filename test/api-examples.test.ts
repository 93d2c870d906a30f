/**
 * The examples in the description of the API are what a server answers: this tells the story that they come from again, and
 * compares. `node test/api-examples.test.ts --write` writes them anew.
 */
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import type { Json } from '../src/cli/client.ts'
import { startKvit } from './harness.ts'

const FILE = join(import.meta.dirname, '../src/platform/http/api-examples.json')
const { client, request, app } = await startKvit('examples', '2026-02-01T00:00:00Z')
const PLANS = `meters:
  - { code: call-minutes, name: Call minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: mobile
    name: Mobile
    currency: EUR
    metadata: { erp: "4711" }
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: call-minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`
const address = 'Khreshchatyk 1, Kyiv'
const usage = { source: 'switch-1', service: '380501112233', type: 'call' }

/** Requests in the order in which they are made; a path with a name in braces is asked with the value behind it. */
const STORY: readonly (readonly [operation: string, request?: Json | undefined, value?: string])[] = [
  ['POST /v1/issuers', { key: 'main', name: 'Example Mobile', address }],
  ['POST /v1/catalog', { files: [{ name: 'plans.yaml', text: PLANS }] }],
  ['GET /v1/plans'],
  ['GET /v1/plans/{code}', undefined, 'mobile'],
  [
    'POST /v1/customers',
    {
      key: 'olha',
      name: 'Olha Kovalenko',
      email: 'olha@example.org',
      address,
      language: 'uk',
      metadata: { crm: '0061x' },
    },
  ],
  ['GET /v1/customers'],
  ['GET /v1/customers/{reference}', undefined, 'olha'],
  ['PATCH /v1/customers/{reference}', { email: 'kovalenko@example.org', metadata: { region: 'eu' } }, 'olha'],
  [
    'POST /v1/accounts',
    { key: '1001', customer: 'olha', issuer: 'main', currency: 'EUR', zone: 'Europe/Kyiv', cycleAnchor: '2026-01-01' },
  ],
  ['GET /v1/accounts'],
  ['GET /v1/accounts/{reference}', undefined, '1001'],
  ['POST /v1/services', { key: '380501112233', account: '1001', validFrom: '2026-01-01T00:00:00+02:00' }],
  [
    'POST /v1/subscriptions',
    { key: 'olha-mobile', account: '1001', plan: 'mobile', startsAt: '2026-01-01T00:00:00+02:00' },
  ],
  ['GET /v1/subscriptions'],
  ['GET /v1/subscriptions/{reference}', undefined, 'olha-mobile'],
  ['POST /v1/usage', { ...usage, id: 'call-1', time: '2026-01-05T10:00:00Z', data: { minutes: '12.50' } }],
  ['POST /v1/charging', { ...usage, op: 'event', id: 'call-2', time: '2026-01-06T10:00:00Z', data: { minutes: '3' } }],
  ['POST /v1/charging/advice', { ...usage, id: 'call-3', time: '2026-01-07T10:00:00Z', data: { minutes: '60' } }],
  ['GET /v1/accounts/{reference}/next-invoice', undefined, '1001'],
  ['POST /v1/bill-runs', { until: '2026-02-01' }],
  ['GET /v1/invoices'],
  ['GET /v1/invoices/{reference}', undefined, 'INV-000001'],
  ['PATCH /v1/invoices/{reference}', { metadata: { po: '4711' } }, 'INV-000001'],
  [
    'POST /v1/payments',
    { key: 'bank-1', account: '1001', method: 'bank', currency: 'EUR', amount: '10.00', receivedOn: '2026-02-01' },
  ],
  ['GET /v1/payments'],
  ['GET /v1/payments/{reference}', undefined, 'bank-1'],
  ['POST /v1/payments/{reference}/reversal', { reason: 'bounced' }, 'bank-1'],
  [
    'POST /v1/subscriptions/{reference}/changes',
    { kind: 'quantity', quantity: 2, at: '2026-02-15T00:00:00+02:00', note: 'a second card' },
    'olha-mobile',
  ],
  ['POST /v1/subscriptions/{reference}/changes/preview', { kind: 'cancel', at: 'period_end' }, 'olha-mobile'],
  ['POST /v1/blocks', { key: 'sim-lost', service: '380501112233', reason: 'customer', note: 'SIM lost' }],
  ['GET /v1/services/{reference}/state', undefined, '380501112233'],
  ['GET /v1/accounts/{reference}/service-states', undefined, '1001'],
  ['GET /v1/blocks'],
]

interface Example {
  readonly request?: Json
  readonly answer: Json
}
type Examples = Readonly<Record<string, Example>>

async function tell(): Promise<Examples> {
  const told: Record<string, Example> = {}
  for (const [operation, body, value = ''] of STORY) {
    const [method = '', path = ''] = operation.split(' ')
    const lines =
      path === '/v1/usage'
        ? { raw: JSON.stringify(body), headers: { 'content-type': 'application/x-ndjson' } }
        : { body }
    const answer = await request(method, path.replace(/\{\w+\}/, value), lines)
    assert.ok(answer.status < 300, `${operation}: ${answer.text}`)
    told[operation] = { ...(body === undefined ? {} : { request: body }), answer: answer.json }
    if (operation === 'POST /v1/bill-runs')
      while ((await client.get(`/v1/bill-runs/${answer.json['id']}`))['status'] === 'running')
        await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return told
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Ids are random, and a run has come as far as it has when it is looked at. */
function masked(examples: unknown): unknown {
  const { 'POST /v1/bill-runs': _, ...rest } = JSON.parse(JSON.stringify(examples).replaceAll(ID, 'id')) as Json
  return rest
}

/** Each id by the place where it is told first, so that a file that is written anew says what it said. */
function numbered(text: string): string {
  const known = new Map<string, string>()
  return text.replaceAll(ID, (id) => {
    if (!known.has(id)) known.set(id, `0198c0de-7a2b-7000-8000-${String(known.size + 1).padStart(12, '0')}`)
    return known.get(id) as string
  })
}

const told = await tell()
if (process.argv.includes('--write')) await writeFile(FILE, `${numbered(JSON.stringify(told, null, 2))}\n`)

type Content = Readonly<Record<string, { readonly schema: Json; readonly example?: unknown }>>
interface Operation {
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
const api = (await (await fetch(`${app.url}/openapi.json`)).json()) as Json & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** A schema with what it refers to. */
function schemaOf(schema: Json): z.ZodType {
  const { schemas } = api['components'] as { schemas: Json }
  const text = JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/')
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])
}

/** All examples of the description, by the places where they stand. */
const shown = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { requestBody, responses }]) => {
    const operation = `${method.toUpperCase()} ${path}`
    const bodies = Object.values(requestBody?.content ?? {}).map((content) => ({ part: 'request', ...content }))
    const answers = Object.values(responses).flatMap(({ content = {} }) => Object.values(content))
    return [...bodies, ...answers.map((content) => ({ part: 'answer', ...content }))]
      .filter(({ example }) => example !== undefined)
      .map((one) => ({ operation, ...one }))
  }),
)

test('the examples of the description are what a server is asked and answers', () => {
  const examples: Record<string, Record<string, unknown>> = {}
  for (const { operation, part, example } of shown) examples[operation] = { ...examples[operation], [part]: example }
  assert.deepEqual(masked(examples), masked(told))
})

test('each example fits the schema that it stands beside', () => {
  assert.ok(shown.length >= 40)
  const wrong = shown.flatMap(({ operation, part, schema, example }) => {
    const { error } = schemaOf(schema).safeParse(example)
    return error === undefined ? [] : [`${operation} ${part}: ${z.prettifyError(error)}`]
  })
  assert.deepEqual(wrong, [])
  // The schemas are no empty ones.
  for (const { operation, schema } of shown.slice(0, 3))
    assert.equal(schemaOf(schema).safeParse({ nobodyHasThis: 1 }).success, false, operation)
})
