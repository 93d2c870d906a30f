import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request, app } = await startKvit('alpha', '2026-02-01T00:00:00Z')
await client.post('/v1/tenants', { name: 'beta' })
await seedOperator(client)
await createSubscriber(client, 'anna')

async function withKey(
  key: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: Json }> {
  return request(method, path, { body, headers: { authorization: `Bearer ${key}`, 'kvit-tenant': 'alpha' } })
}

async function createKey(scopes: string[]): Promise<string> {
  return String((await client.post('/v1/keys', { name: 'test', scopes }))['key'])
}

test('a route needs a key, and a key needs the scope', async () => {
  const none = await fetch(`${app.url}/v1/customers`)
  assert.equal(none.status, 401)
  assert.match(none.headers.get('content-type') ?? '', /application\/problem\+json/)
  assert.equal((await withKey('kvit_0123', 'GET', '/v1/customers')).status, 401)
  const reader = await createKey(['customers:read'])
  assert.equal((await withKey(reader, 'GET', '/v1/customers')).status, 200)
  assert.equal((await withKey(reader, 'POST', '/v1/customers', { key: 'x', name: 'X' })).json['code'], 'forbidden')
})

test("a tenant's key opens no other tenant, and cannot give scopes that it lacks", async () => {
  const key = await createKey(['customers:read', 'keys:write', 'tenants:write'])
  const other = await request('GET', '/v1/customers', {
    headers: { authorization: `Bearer ${key}`, 'kvit-tenant': 'beta' },
  })
  assert.equal(other.status, 403)
  assert.equal((await withKey(key, 'GET', '/v1/tenants')).status, 403)
  assert.equal((await withKey(key, 'PATCH', '/v1/tenants/beta', { clock: null })).status, 403)
  assert.equal((await withKey(key, 'POST', '/v1/keys', { name: 'more', scopes: ['usage:write'] })).status, 403)
})

test('a revoked key opens nothing', async () => {
  const made = await client.post('/v1/keys', { name: 'gone', scopes: ['customers:read'] })
  await request('DELETE', `/v1/keys/${made['id']}`)
  assert.equal((await withKey(String(made['key']), 'GET', '/v1/customers')).status, 401)
})

test('a repeated write has one effect and gets the first answer, also when both come at once', async () => {
  const body = { key: 'once', name: 'Once' }
  const headers = { 'idempotency-key': 'key-1' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => request('POST', '/v1/customers', { body, headers })),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ json }) => json['id'])).size, 1)
  const other = await request('POST', '/v1/customers', { body: { ...body, name: 'Other' }, headers })
  assert.deepEqual([other.status, other.json['code']], [409, 'idempotency_conflict'])
  const natural = await request('POST', '/v1/customers', { body })
  assert.equal(natural.json['code'], 'already_exists')
})

test('all fields at fault are named at once', async () => {
  const { status, json } = await request('POST', '/v1/accounts', {
    body: { key: 'bad', currency: 'XXQ', zone: 'Mars/Base', cycleAnchor: 'soon' },
  })
  assert.equal(status, 400)
  const paths = (json['errors'] as { path: string }[]).map(({ path }) => path).sort()
  assert.deepEqual(paths, ['/currency', '/customer', '/cycleAnchor', '/issuer', '/zone'])
})

test('two services of one key may follow each other and never overlap', async () => {
  await client.post('/v1/services', {
    key: 'line',
    account: 'anna',
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2026-01-10T00:00:00Z',
  })
  const overlap = { key: 'line', account: 'anna', validFrom: '2026-01-09T00:00:00Z' }
  assert.equal((await request('POST', '/v1/services', { body: overlap })).json['code'], 'service_overlap')
  const next = { key: 'line', account: 'anna', validFrom: '2026-01-10T00:00:00Z' }
  const raced = await Promise.all([1, 2].map(() => request('POST', '/v1/services', { body: next })))
  assert.deepEqual(
    raced.map(({ status }) => status).sort((a, b) => a - b),
    [201, 409],
  )
})

test('lists are paged to the end by their cursor', async () => {
  for (let index = 0; index < 7; index++) await client.post('/v1/customers', { key: `page-${index}`, name: 'P' })
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await client.get<{ items: { key: string }[]; nextCursor: string | null }>(
      `/v1/customers?limit=3${cursor}`,
    )
    seen.push(...page.items.map(({ key }) => key))
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  assert.equal(new Set(seen).size, seen.length)
  assert.equal(seen.filter((key) => key.startsWith('page-')).length, 7)
})

test('a bulk import makes the good rows, names the bad ones, and can be repeated', async () => {
  const csv = `customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor
b1,Bulk 1,b1,op,EUR,UTC,2026-01-01
b2,Bulk 2,b2,nobody,EUR,UTC,2026-01-01
b3,Bulk 3,b3,op,EUR,Nowhere,2026-01-01
"b4","Bulk, 4",b4,op,EUR,UTC,2026-01-01`
  const report = await client.post('/v1/customer-imports', { csv })
  assert.deepEqual(
    (report['errors'] as { row: number }[]).map(({ row }) => row),
    [3, 4],
  )
  assert.deepEqual((report['created'] as Json)['account'], 2)
  assert.equal((await request('GET', '/v1/customers/b2')).status, 404, 'a row with a mistake makes nothing')
  assert.equal((await client.get('/v1/customers/b4'))['name'], 'Bulk, 4')
  const again = await client.post('/v1/customer-imports', { csv })
  assert.equal(again['existing'], 4)
  const bad = await client.post('/v1/customer-imports', { csv: 'customer.key,customer.language\nb5,xx\n' })
  const [{ message } = { message: '' }] = bad['errors'] as { message: string }[]
  assert.match(
    message,
    /^customer\.name: is missing; it is a text; customer\.language: "xx" is none of en, uk, ru, de, fr/,
  )
  const semicolons = await request('POST', '/v1/customer-imports', {
    body: { csv: 'customer.key;customer.name\nb6;B\n' },
  })
  assert.match(String(semicolons.json['detail']), /not divided by commas/)
})

test('the description of the API is served, with its page, health and metrics', async () => {
  const openapi = (await (await fetch(`${app.url}/openapi.json`)).json()) as { openapi: string; paths: Json }
  assert.equal(openapi.openapi, '3.1.0')
  const operations = Object.entries(openapi.paths as Record<string, Record<string, { responses?: Json }>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, { responses = {} }]) => ({ path, method, responses })),
  )
  const untold = operations.filter(({ responses }) => !Object.keys(responses).some((status) => /^[23]/.test(status)))
  assert.deepEqual(untold.map(({ method, path }) => `${method} ${path}`).toSorted(), [
    // None is JSON.
    'get /pay/{token}',
    'get /pay/{token}/document.pdf',
    'get /pay/{token}/payments/{id}',
    'get /pay/{token}/payments/{id}/receipt.pdf',
    'get /unsubscribe/{token}',
    'get /v1/attachments/{id}/content',
    'get /v1/books/{issuer}/balance-confirmation',
    'get /v1/brand-images/{digest}',
    'get /v1/callbacks/{tenant}/terminals/{network}',
    'get /v1/cash-receipts/{reference}/pdf',
    'get /v1/drafts/{reference}/pdf',
    'get /v1/event-stream',
    'get /v1/invoices/{reference}/einvoice',
    'get /v1/invoices/{reference}/itemised.csv',
    'get /v1/invoices/{reference}/itemised.pdf',
    'get /v1/invoices/{reference}/itemised.xlsx',
    'get /v1/invoices/{reference}/pdf',
    'get /v1/payments/{reference}/receipt',
    'get /v1/pro-forma-invoices/{reference}/pdf',
    'get /v1/sepa-files/{reference}/xml',
    'get /v1/usage-records.csv',
    'post /pay/{token}',
    'post /unsubscribe/{token}',
    'post /v1/brand-previews',
    'post /v1/callbacks/{tenant}/terminals/{network}',
  ])
  assert.match(await (await fetch(`${app.url}/reference/`)).text(), /<html/i)
  for (const path of ['/livez', '/readyz']) assert.equal((await fetch(`${app.url}${path}`)).status, 200)
  const metrics = await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${app.rootKey}` } })
  assert.match(await metrics.text(), /kvit_http_request_seconds/)
})

test('a body that is too large, of an unknown path or type is answered with a problem', async () => {
  const large = await request('POST', '/v1/customers', { body: { key: 'large', name: 'x'.repeat(2_000_000) } })
  assert.deepEqual([large.status, large.json['code']], [413, 'payload_too_large'])
  assert.equal((await request('GET', '/v1/nothing')).json['code'], 'not_found')
  const broken = await request('POST', '/v1/customers', { raw: '{"key":' })
  assert.deepEqual([broken.status, broken.json['code']], [400, 'invalid_json'])
})
