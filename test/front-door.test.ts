import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startKvit } from './harness.ts'

const { request, app } = await startKvit('door', '2026-02-01T00:00:00Z')

test('T16: the address of the server itself says where to look, and takes people to the reference', async () => {
  const plain = await fetch(`${app.url}/`)
  assert.equal(plain.status, 200)
  assert.deepEqual(Object.keys((await plain.json()) as object), ['name', 'version', 'reference', 'openapi', 'health'])
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
