/** Messages that a provider has signed: taken once, and refused where they are not signed, wrongly, too late, or for nobody. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'
import { newSigningSecret, signedHeaders } from './signed-messages.ts'

const kvit = await startKvit('shop', '2026-02-01T00:00:00Z')
const { client, request } = kvit
await seedOperator(client)
await createSubscriber(client, 'ann')
const signingSecret = newSigningSecret()
const settings = { values: { method: 'cash' }, secrets: { signingSecret } }
await client.post('/v1/settings/payment-notices', settings, 'PUT')

const now = (): number => Math.floor(Date.now() / 1000)
const bodyOf = (key: string, change: Json = {}): string => {
  const data = { key, account: 'ann', currency: 'EUR', amount: '5.00', reference: 'thank you', ...change }
  return JSON.stringify({ type: 'payment.received', timestamp: '2026-02-01T10:00:00Z', data })
}

interface Sent {
  readonly status: number
  readonly json: Json
  readonly text: string
}

/** A message as it arrives: without a key, and with whatever headers it has. */
async function send(raw: string | Uint8Array, headers: Record<string, string>, tenant = 'shop'): Promise<Sent> {
  const without = { authorization: '', 'kvit-tenant': '' }
  return request('POST', `/v1/callbacks/${tenant}/payment-notices`, { raw, headers: { ...without, ...headers } })
}

async function payments(): Promise<unknown[]> {
  return (await client.list<Json>('/v1/payments')).map(({ key, amount, method }) => [key, amount, method])
}

test('a signed message records a payment, as what the settings say; it settles invoices and the books hold', async () => {
  await client.post('/v1/bill-runs', { until: '2026-02-01' })
  const body = bodyOf('a-1')
  const { status, json } = await send(body, signedHeaders(signingSecret, 'msg-1', body, now()))
  assert.equal(status, 201, JSON.stringify(json))
  const payment = await client.get<Json>(`/v1/payments/${String(json['id'])}`)
  assert.deepEqual(
    [payment['key'], payment['amount'], payment['method'], payment['reference'], payment['receivedOn']],
    ['a-1', '5.00', 'cash', 'thank you', '2026-02-01'],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('the message that docs/settings.md shows is taken', async () => {
  await createSubscriber(client, 'olha')
  const page = readFileSync(join(import.meta.dirname, '../docs/settings.md'), 'utf8')
  const [, body = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
  const { status, text } = await send(body, signedHeaders(signingSecret, 'msg-page', body, now()))
  assert.equal(status, 201, text)
})

test('the same message again has no further effect and gets the first answer; another one under its id is refused', async () => {
  const body = bodyOf('a-2')
  const first = await send(body, signedHeaders(signingSecret, 'msg-2', body, now()))
  // A sender that was not answered signs the same message anew, with a later time.
  const again = await send(body, signedHeaders(signingSecret, 'msg-2', body, now() + 1))
  assert.deepEqual([again.status, again.text], [201, first.text])
  const other = bodyOf('a-3')
  const taken = await send(other, signedHeaders(signingSecret, 'msg-2', other, now()))
  assert.deepEqual([taken.status, taken.json['code']], [409, 'idempotency_conflict'])
  const all = await Promise.all(
    [1, 2, 3].map(async () => send(body, signedHeaders(signingSecret, 'msg-2', body, now()))),
  )
  assert.deepEqual(new Set(all.map(({ text }) => text)), new Set([first.text]))
  // The id of a message is none of the keys of callers.
  const key = { 'idempotency-key': 'msg-2' }
  const byKey = await request('POST', '/v1/payments', {
    body: { account: 'ann', method: 'bank', currency: 'EUR', amount: '1.00', key: 'own' },
    headers: key,
  })
  assert.equal(byKey.status, 201, byKey.text)
  // Another message about the same payment.
  const about = await send(body, signedHeaders(signingSecret, 'msg-2b', body, now()))
  assert.deepEqual([about.status, about.json['id']], [201, first.json['id']])
  assert.deepEqual(await payments(), [
    ['a-1', '5.00', 'cash'],
    ['bank-4711', '5.00', 'cash'],
    ['a-2', '5.00', 'cash'],
    ['own', '1.00', 'bank'],
  ])
})

test('no signature, a wrong or an old one, another body, tenant or secret: all are answered alike and do nothing', async () => {
  const before = await payments()
  const body = bodyOf('evil')
  const good = (): Record<string, string> => signedHeaders(signingSecret, 'msg-4', body, now())
  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(good()).filter(([one]) => one !== name))
  const cases: (readonly [name: string, sent: Promise<Sent>])[] = [
    ['none', send(body, {})],
    ['a key in place of it', request('POST', '/v1/callbacks/shop/payment-notices', { raw: body })],
    ...Object.keys(good()).map((name) => [`without ${name}`, send(body, without(name))] as const),
    ['another secret', send(body, signedHeaders(newSigningSecret(), 'msg-4', body, now()))],
    ['another id', send(body, { ...good(), 'webhook-id': 'msg-5' })],
    ['another time', send(body, { ...good(), 'webhook-timestamp': String(now() + 1) })],
    ['another body', send(body.replace('5.00', '9.00'), good())],
    ['a body with a blank more', send(`${body} `, good())],
    ['no body', send('', good())],
    ['six minutes old', send(body, signedHeaders(signingSecret, 'msg-4', body, now() - 360))],
    ['six minutes ahead', send(body, signedHeaders(signingSecret, 'msg-4', body, now() + 360))],
    ['another tenant', send(body, good(), 'nobody')],
    ['no name of a tenant', send(body, good(), '%00')],
  ]
  const answers = new Set<string>()
  for (const [name, sent] of cases) {
    const { status, json } = await sent
    if (name === 'no name of a tenant') {
      assert.ok(status >= 400 && status < 500)
      continue
    }
    assert.equal(status, 401, `${name}: ${JSON.stringify(json)}`)
    answers.add(`${String(json['code'])} ${String(json['detail'])}`)
  }
  assert.equal(answers.size, 1)
  assert.deepEqual(await payments(), before)
})

test('a message that is signed and makes no sense is told what is wrong, and rolls back', async () => {
  const cases: (readonly [string, number, string])[] = [
    ['{', 400, 'invalid_json'],
    ['{"type":"payment.lost","data":{}}', 400, 'invalid_request'],
    [bodyOf('b-1', { amount: '-1' }), 400, 'invalid_request'],
    [bodyOf('b-1', { account: 'nobody' }), 404, 'not_found'],
    [bodyOf('b-1', { currency: 'USD' }), 422, 'unprocessable'],
  ]
  for (const [at, [body, status, code]] of cases.entries()) {
    const sent = await send(body, signedHeaders(signingSecret, `bad-${at}`, body, now()))
    assert.deepEqual([sent.status, sent.json['code']], [status, code], sent.text)
  }
  // What was refused is not remembered under its id.
  const body = bodyOf('b-1')
  const mended = await send(body, signedHeaders(signingSecret, 'bad-3', body, now()))
  assert.equal(mended.status, 201, mended.text)
})

test('a packed body is not unfolded for whoever sends it; both secrets are taken while a sender changes over', async () => {
  const body = bodyOf('c-1')
  const packed = await send(gzipSync(body), {
    ...signedHeaders(signingSecret, 'msg-c1', body, now()),
    'content-encoding': 'gzip',
  })
  assert.deepEqual([packed.status, packed.json['code']], [415, 'unsupported_media_type'])
  const next = newSigningSecret()
  const secrets = { signingSecret: next, earlierSigningSecret: signingSecret }
  await client.post('/v1/settings/payment-notices', { values: { method: 'bank' }, secrets }, 'PUT')
  for (const [at, secret] of [signingSecret, next].entries()) {
    const text = bodyOf(`d-${at}`)
    assert.equal((await send(text, signedHeaders(secret, `msg-d${at}`, text, now()))).status, 201)
  }
  await client.post(
    '/v1/settings/payment-notices',
    { values: { method: 'bank' }, secrets: { earlierSigningSecret: null } },
    'PUT',
  )
  const text = bodyOf('d-3')
  assert.equal((await send(text, signedHeaders(signingSecret, 'msg-d3', text, now()))).status, 401)
  await client.post('/v1/settings/payment-notices', { values: { method: 'bank' }, secrets: { signingSecret } }, 'PUT')
})

test('the log of who did what and the events say which signer it was', async () => {
  const log = await client.list<Json>('/v1/audit-log?route=POST%20/v1/callbacks/%7Btenant%7D/payment-notices')
  assert.ok(log.length > 3)
  for (const { actor, object, outcome } of log) {
    assert.deepEqual(actor, { kind: 'signature', id: null, name: null, person: 'signature payment-notices' })
    assert.deepEqual([object, outcome], ['shop', 'done'])
  }
  const { items } = await client.get<{ items: Json[] }>('/v1/events?type=payment.recorded')
  assert.equal(items[0]?.['actor'], 'payment-notices')
})

test('who sends wrong signatures is stopped after fifty; those that fit go on', async () => {
  const body = bodyOf('e-1')
  const codes = new Map<unknown, number>()
  for (let at = 0; at < 60; at++) {
    const { json } = await send(body, signedHeaders(newSigningSecret(), 'msg-e', body, now()))
    codes.set(json['code'], (codes.get(json['code']) ?? 0) + 1)
  }
  assert.deepEqual([...codes.keys()], ['signature_invalid', 'too_many_attempts'])
  assert.ok((codes.get('signature_invalid') ?? 0) < 50)
  const right = await send(body, signedHeaders(signingSecret, 'msg-e', body, now()))
  assert.equal(right.status, 201, right.text)
  assert.deepEqual(await checkHolds(client), [])
})

test('without settings, or with them removed, nothing is taken', async () => {
  await client.post('/v1/settings/payment-notices', undefined, 'DELETE')
  const body = bodyOf('f-1')
  const sent = await send(body, signedHeaders(signingSecret, 'msg-f', body, now()))
  assert.ok([401, 429].includes(sent.status))
  await assert.rejects(client.get('/v1/payments/f-1'), /f-1/)
})
