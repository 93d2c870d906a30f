import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { Client } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('door', '2026-02-01T00:00:00Z')
const { request, app, client } = kvit

test('T16: the address of the server itself says where to look, and takes people to the reference', async () => {
  const plain = await fetch(`${app.url}/`)
  assert.equal(plain.status, 200)
  assert.deepEqual(Object.keys((await plain.json()) as object), [
    'name',
    'version',
    'console',
    'reference',
    'openapi',
    'health',
  ])
  for (const path of ['/', '/reference', '/reference/']) {
    const page = await fetch(`${app.url}${path}`, { headers: { accept: 'text/html' } })
    assert.equal(page.status, 200, path)
    assert.match(await page.text(), /<html/i, path)
  }
})

test('T16: an address without a route says what it takes, or what was meant', async () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['GET', '/v1/invoice', /did you mean \/v1\/invoices\? GET \/reference\/ is a page of all routes/],
    ['POST', '/v1/payment', /did you mean \/v1\/payments\?/],
    ['DELETE', '/v1/invoices/INV-1', /no route DELETE .*: this address takes GET, PATCH$/],
    ['PUT', '/v1/customers', /this address takes POST, GET$/],
    ['POST', '/v1/events', /this address takes GET$/],
    ['POST', '/nothing/of/the/sort/at/all', /GET \/openapi\.json has them for programs$/],
    ['GET', `/${'x'.repeat(5_000)}`, /no route GET \/x{99} GET \/reference/],
  ]
  for (const [method, path, said] of cases) {
    const { status, json } = await request(method, path, method === 'GET' ? {} : { body: { a: 1 } })
    assert.equal(status, 404, `${method} ${path}`)
    assert.match(String(json['detail']), said)
  }
})

test('T16: a body of another type, an empty one and broken JSON say what to send', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const asForm = await request('POST', '/v1/customers', { raw: '{"key":"a"}', headers: form })
  assert.deepEqual([asForm.status, asForm.json['code']], [415, 'unsupported_media_type'])
  assert.match(String(asForm.json['detail']), /send the header "content-type: application\/json"/)
  const bare = await request('POST', '/v1/customers', {
    raw: Buffer.from('{"key":"a"}'),
    headers: { 'content-type': '' },
  })
  assert.equal(bare.status, 415)
  assert.match(String(bare.json['detail']), /send the header "content-type: application\/json"/)
  const broken = await request('POST', '/v1/customers', { raw: '{"key": "a",}' })
  assert.deepEqual([broken.status, broken.json['code']], [400, 'invalid_json'])
  assert.match(String(broken.json['detail']), /the body is no JSON: .*line 1 column 13/)
  const empty = await request('POST', '/v1/customers', { raw: '' })
  assert.match(String(empty.json['detail']), /the body is empty; send JSON/)
  const none = await request('POST', '/v1/customers')
  assert.equal(none.status, 400)
  assert.match(String(none.json['detail']), /the body is empty; send JSON/)
})

test('a page of the console is HTML at any address of it, with or without a build; addresses of programs are theirs', async () => {
  const html = { accept: 'text/html' }
  const page = await fetch(`${app.url}/customers/anybody`, { headers: html })
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  assert.match(await page.text(), /id="root"|its console is not built[\s\S]*\.\/kvit start/)
  for (const path of ['/v1/customer', '/assets/none.js', '/openapi.json/x']) {
    const answer = await fetch(`${app.url}${path}`, { headers: html })
    assert.match(answer.headers.get('content-type') ?? '', /json/, path)
  }
  assert.equal((await request('POST', '/customers', { body: {}, headers: html })).status, 404)
})

test('an overview has what the scopes of a caller open: money by day, and what waits for a person', async () => {
  await seedOperator(client)
  await createSubscriber(client, 'anna')
  const usage = (id: string, service: string): object => ({
    ...{ id, service, source: 's', type: 'call', time: '2026-01-05T10:00:00Z', data: { minutes: '10' } },
  })
  await client.post('/v1/usage', [usage('1', 'anna'), usage('2', 'nobody')])
  await runBills(client, '2026-02-01')
  await client.post('/v1/payments', { key: 'p', account: 'anna', method: 'bank', currency: 'EUR', amount: '4.00' })
  const whole = await client.get<{ money: object[]; attention: { code: string; count: number }[] }>('/v1/overview')
  // The fees of January and February, and ten minutes.
  assert.deepEqual(whole.money, [{ day: '2026-02-01', currency: 'EUR', billed: '21.00', collected: '4.00' }])
  assert.equal(whole.attention.find(({ code }) => code === 'suspense')?.count, 1)
  const standing = await client.get<{ items: object[] }>('/v1/standing')
  const none = { overdue: '0.00', overdueDocuments: 0, prepaid: '0.00' }
  assert.deepEqual(standing.items, [{ currency: 'EUR', open: '17.00', openDocuments: 2, ...none }])
  const { items } = await client.get<{ items: { received: number; suspended: number }[] }>('/v1/usage-minutes')
  assert.deepEqual(
    items.map(({ received, suspended }) => [received, suspended]),
    [[2, 1]],
  )
  const counter = await personWith(kvit, 'counter', ['usage:read'])
  const part = await counter.get<typeof whole>('/v1/overview')
  assert.deepEqual([part.money, part.attention.map(({ code }) => code)], [[], ['suspense']])
})

test('days that are over are added up once, and give the same sums as all of them together', async () => {
  const [anna, day, minute] = [{ account: 'money', method: 'bank', currency: 'EUR' }, 86_400_000, 60_000]
  const real = Client.at(app.url, app.rootKey, 'money')
  await client.post('/v1/tenants', { name: 'money' })
  await seedOperator(real)
  await createSubscriber(real, 'money')
  for (const amount of ['1.00', '2.00', '3.00', '4.00'])
    await real.post('/v1/payments', { ...anna, key: amount, amount })
  const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
  await database.connect()
  const { rows } = await database.query(
    `select distinct document_id, posted_at from t_money.posting where template = 'payment_received' order by posted_at`,
  )
  const ages = [10 * day, 2 * day, day, minute]
  for (const [at, { document_id }] of rows.entries())
    await database.query(
      "update t_money.posting set posted_at = posted_at - $1 * interval '1 millisecond' where document_id = $2",
      [ages[at], document_id],
    )
  await database.end()
  const collected = async (): Promise<string[]> =>
    (await real.get<{ money: { collected: string }[] }>('/v1/overview')).money.map(({ collected: sum }) => sum)
  const first = await collected()
  assert.deepEqual(await collected(), first)
  assert.equal(
    first.reduce((sum, amount) => sum + Number(amount), 0),
    10,
  )
  await real.post('/v1/payments', { ...anna, key: 'later', amount: '5.00' })
  assert.equal(
    (await collected()).reduce((sum, amount) => sum + Number(amount), 0),
    15,
  )
})

test('events are told as they happen; who was away goes on behind the last one; an open stream keeps no server from its end', async () => {
  const headers = { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'door' }
  const open = async (query = ''): Promise<AsyncIterator<string>> => {
    const answer = await fetch(`${app.url}/v1/event-stream${query}`, { headers })
    assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/)
    assert.ok(answer.body !== null)
    return answer.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
  }
  const untilTold = async (stream: AsyncIterator<string>, what: string): Promise<{ seq: number; objectId: string }> => {
    for (let text = ''; ; ) {
      const { value, done } = await stream.next()
      assert.ok(done !== true, 'the stream goes on')
      text += value
      const [, data] = new RegExp(`event: ${what}\ndata: (.*)\n`).exec(text) ?? []
      if (data !== undefined) return JSON.parse(data) as { seq: number; objectId: string }
    }
  }
  const stream = await open()
  const { id } = await client.post<{ id: string }>('/v1/customers', { key: 'told', name: 'Told' })
  const told = await untilTold(stream, 'customer.created')
  assert.equal(told.objectId, id)
  assert.deepEqual(await untilTold(await open(`?after=${told.seq - 1}`), 'customer.created'), told)
})

test('many begin to listen at once to a tenant to which nobody did: the server answers others; one caller has so many streams and no more', async () => {
  await client.post('/v1/tenants', { name: 'quiet' })
  const headers = { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'quiet' }
  const ends = new AbortController()
  const open = async (): Promise<Response> => fetch(`${app.url}/v1/event-stream`, { headers, signal: ends.signal })
  const streams = await Promise.all(Array.from({ length: 50 }, open))
  assert.deepEqual([...new Set(streams.map(({ status }) => status))], [200])
  assert.equal((await fetch(`${app.url}/livez`)).status, 200)
  const refused = await open()
  assert.deepEqual([refused.status, refused.headers.has('retry-after')], [429, true])
  ends.abort()
})

test('who works in a tenant with a test clock moves it forward, and no other', async () => {
  assert.deepEqual(await client.get('/v1/clock'), { now: '2026-02-01T00:00:00.000Z', isTest: true })
  const moved = await request('PUT', '/v1/clock', { body: { now: '2026-02-02T00:00:00Z' } })
  assert.deepEqual([moved.status, moved.json], [200, { now: '2026-02-02T00:00:00.000Z', isTest: true }])
  const back = await request('PUT', '/v1/clock', { body: { now: '2026-02-01T00:00:00Z' } })
  assert.equal(back.json['code'], 'clock_goes_back')
  await client.post('/v1/tenants', { name: 'real' })
  const real = await request('PUT', '/v1/clock', {
    body: { now: '2026-02-01T00:00:00Z' },
    headers: { 'kvit-tenant': 'real' },
  })
  assert.deepEqual([real.status, real.json['code']], [409, 'conflict'])
})
