import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { request as plainRequest } from 'node:http'
import { after, test } from 'node:test'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { startApp } from '../src/app/start.ts'
import { Client } from '../src/cli/client.ts'
import { readConfig } from '../src/platform/config.ts'
import { createSubscriber, seedOperator, testConfig } from './harness.ts'

const SHOP = 'https://shop.example.com'
const config = { ...(await testConfig()), corsOrigins: [SHOP, 'http://localhost:3000'] }
const app = await startApp(config)
after(async () => {
  await app.close()
  await rm(config.dataDir, { recursive: true, force: true })
})
const client = Client.at(app.url, app.rootKey, 'answers')
await client.post('/v1/tenants', { name: 'answers', clock: '2026-03-01T00:00:00Z' })
await seedOperator(client)
for (const name of ['anna', 'boris', 'clara', 'dora']) await createSubscriber(client, name)

interface Raw {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** As it stands on the line: `fetch` would unfold it. */
async function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
): Promise<Raw> {
  const own = { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'answers', 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const asked = plainRequest(`${app.url}${path}`, { method, headers: { ...own, ...headers } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

test('what is read is compressed for whoever takes it, from a kilobyte on, and is the same then', async () => {
  const plain = await ask('GET', '/v1/accounts')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.ok(plain.body.length > 1024)
  for (const [accepted, encoding, unfold] of [
    ['gzip', 'gzip', gunzipSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ] as const) {
    const folded = await ask('GET', '/v1/accounts', { 'accept-encoding': accepted })
    assert.equal(folded.headers['content-encoding'], encoding, accepted)
    assert.match(String(folded.headers['vary']), /accept-encoding/i)
    assert.ok(folded.body.length < plain.body.length / 2)
    assert.equal(unfold(folded.body).toString(), plain.body.toString())
  }
  const large = await ask('GET', '/openapi.json', { 'accept-encoding': 'gzip' })
  assert.equal(large.headers['content-encoding'], 'gzip')
  assert.equal((JSON.parse(gunzipSync(large.body).toString()) as { openapi: string }).openapi, '3.1.0')
  for (const accepted of ['identity', 'deflate', '']) {
    const whole = await ask('GET', '/v1/accounts', { 'accept-encoding': accepted })
    assert.equal(whole.headers['content-encoding'], undefined, accepted)
    assert.equal(whole.body.toString(), plain.body.toString())
  }
  const small = await ask('GET', '/v1/accounts?limit=1&text=nobody', { 'accept-encoding': 'gzip' })
  assert.equal(small.headers['content-encoding'], undefined)
})

test('usage, charging, writes, and what is sent as it is made, are never compressed', async () => {
  const gzip = { 'accept-encoding': 'gzip, br' }
  const records = Array.from({ length: 40 }, (_, id) => ({
    ...{
      source: 's',
      id: `${id}`,
      service: 'nobody',
      type: 'call',
      time: '2026-02-01T00:00:00Z',
      data: { minutes: 1 },
    },
  }))
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('')
  const usage = await ask('POST', '/v1/usage', { ...gzip, 'content-type': 'application/x-ndjson' }, lines)
  assert.equal(usage.status, 200, usage.body.toString())
  const secrets = await ask(
    'POST',
    '/v1/voucher-batches',
    gzip,
    JSON.stringify({ key: 'v', count: 100, amount: '1.00', currency: 'EUR' }),
  )
  assert.equal(secrets.status, 201, secrets.body.toString())
  assert.ok(secrets.body.length > 1024)
  const long = 'x'.repeat(900)
  const written = await ask(
    'POST',
    '/v1/issuers',
    gzip,
    JSON.stringify({ key: 'long', name: 'Long', address: long, bankDetails: long }),
  )
  assert.equal(written.status, 201)
  for (const { headers } of [usage, secrets, written]) assert.equal(headers['content-encoding'], undefined)
})

test('usage may come as gzip; what unfolds to too much, or is none, is refused', async () => {
  const record = {
    source: 'z',
    id: '1',
    service: 'anna',
    type: 'call',
    time: '2026-02-01T00:00:00Z',
    data: { minutes: 1 },
  }
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' }
  const sent = await ask('POST', '/v1/usage', headers, gzipSync(JSON.stringify(record)))
  assert.match(sent.body.toString(), /"charged":1/)
  const bomb = await ask('POST', '/v1/usage', headers, gzipSync(Buffer.alloc(65 * 1024 * 1024, 32)))
  assert.deepEqual([bomb.status, /payload_too_large/.test(bomb.body.toString())], [413, true])
  const none = await ask('POST', '/v1/usage', headers, 'no gzip')
  assert.match(none.body.toString(), /the body is not gzip/)
  const other = await ask('POST', '/v1/usage', { ...headers, 'content-encoding': 'br' }, 'x')
  assert.deepEqual([other.status, /send gzip or none/.test(other.body.toString())], [415, true])
})

test('a page of an origin that is named may ask, and read what answers say; another may not', async () => {
  const wants = { 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' }
  const asked = await ask('OPTIONS', '/v1/customers/anna', { origin: SHOP, ...wants, authorization: '' })
  assert.equal(asked.status, 204)
  assert.equal(asked.headers['access-control-allow-origin'], SHOP)
  assert.match(String(asked.headers['access-control-allow-methods']), /PATCH/)
  assert.match(String(asked.headers['access-control-allow-headers']), /Authorization.*Idempotency-Key.*Kvit-Tenant/)
  assert.equal(asked.headers['access-control-allow-credentials'], undefined)
  const answers = [
    await ask('GET', '/v1/customers', { origin: SHOP }),
    await ask('GET', '/v1/customers', { origin: SHOP, authorization: 'Bearer wrong' }),
    await ask('GET', '/v1/nothing', { origin: SHOP }),
    await ask('POST', '/v1/charging', { origin: SHOP }, '{"operation":"none"}'),
  ]
  for (const { headers } of answers) {
    assert.equal(headers['access-control-allow-origin'], SHOP)
    assert.match(
      String(headers['access-control-expose-headers']),
      /Request-Id, Idempotent-Replayed, Retry-After, Kvit-Version/,
    )
    assert.match(String(headers['vary']), /origin/i)
  }
  for (const origin of ['https://other.example.com', 'http://shop.example.com', 'null']) {
    const refused = await ask('GET', '/v1/customers', { origin })
    assert.equal(refused.headers['access-control-allow-origin'], undefined, origin)
    const preflight = await ask('OPTIONS', '/v1/customers', { origin, ...wants, authorization: '' })
    assert.equal(preflight.headers['access-control-allow-origin'], undefined, origin)
  }
})

test('origins are read as they are written in settings, and what is none is told', () => {
  const read = (text: string): readonly string[] => readConfig({ KVIT_CORS_ORIGINS: text }).corsOrigins
  assert.deepEqual(readConfig({}).corsOrigins, [])
  assert.deepEqual(read('https://a.example.com, http://localhost:3000'), [
    'https://a.example.com',
    'http://localhost:3000',
  ])
  assert.deepEqual(read('*'), ['*'])
  for (const wrong of [
    'https://a.example.com/',
    'a.example.com',
    '*,https://a.example.com',
    'https://A.example.com',
    'ftp://a',
    ',',
  ])
    assert.throws(() => read(wrong), /KVIT_CORS_ORIGINS=.* is wrong: write origins with commas between/, wrong)
})

test('every answer says the version of the API; one that is not known is refused with those that are', async () => {
  const { headers } = await ask('GET', '/v1/customers')
  const version = String(headers['kvit-version'])
  assert.match(version, /^\d{4}-\d\d-\d\d$/)
  assert.equal((await ask('GET', '/v1/customers', { 'kvit-version': version })).status, 200)
  const all = [
    await ask('GET', '/v1/nothing'),
    await ask('POST', '/v1/charging', {}, '{}'),
    await ask('GET', '/livez'),
    await ask('GET', '/v1/customers', { authorization: '' }),
  ]
  assert.deepEqual(
    all.map((answer) => answer.headers['kvit-version']),
    all.map(() => version),
  )
  for (const [method, path, wrong] of [
    ['GET', '/v1/customers', '2999-01-01'],
    ['POST', '/v1/charging', '2020-01-01'],
    ['POST', '/v1/usage', 'latest'],
    ['GET', '/v1/customers', 'x'.repeat(5_000)],
  ] as const) {
    const refused = await ask(method, path, { 'kvit-version': wrong }, method === 'POST' ? '{}' : undefined)
    assert.equal(refused.status, 400, path)
    const { detail } = JSON.parse(refused.body.toString()) as { detail: string }
    assert.equal(detail, `Kvit-Version "${wrong.slice(0, 20)}" is not known here: this server speaks ${version}`)
  }
})
