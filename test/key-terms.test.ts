/** Keys that expire, are replaced with an overlap, have a limit of their own, and say when they were used. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { signedIn } from './browser.ts'
import { personWith, startKvit } from './harness.ts'

const kvit = await startKvit('shop', '2026-02-01T00:00:00Z')
const { app, client: owner } = kvit

async function ask(key: unknown, path = '/v1/customers'): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${String(key)}` } })
  return { status: response.status, json: (await response.json()) as Json }
}

const viewOf = async (id: unknown): Promise<Json> =>
  (await owner.get<{ items: Json[] }>('/v1/keys')).items.find((key) => key['id'] === id) as Json

/** Moves the end of a key into the past, as time would. */
async function letExpire(id: unknown): Promise<void> {
  const connectionString = kvit.config.databaseUrl
  assert.ok(connectionString !== null)
  const database = new pg.Client({ connectionString })
  await database.connect()
  await database.query(`update kvit.api_key set expires_at = now() - interval '1 second' where id = $1`, [id])
  await database.end()
}

const needsUrl = { skip: process.env['KVIT_TEST_DATABASE_URL'] === undefined && 'a database of its own is needed' }
const scopes = ['customers:read']

test('a key with an end opens nothing from then on', needsUrl, async () => {
  const expiresAt = '2099-01-01T00:00:00.000Z'
  const { id, key } = await owner.post<Json>('/v1/keys', { name: 'temporary', scopes, expiresAt })
  assert.equal((await viewOf(id))['expiresAt'], expiresAt)
  await letExpire(id)
  assert.equal((await ask(key)).json['code'], 'unauthenticated')
  await assert.rejects(owner.post(`/v1/keys/${String(id)}/rotate`, {}), /opens nothing any more/)
  await assert.rejects(
    owner.post('/v1/keys', { name: 'late', scopes, expiresAt: '2020-01-01T00:00:00Z' }),
    /is over already/,
  )
})

test('a key that takes the place of another has its name, scopes, limit and person; both go on for the overlap', async () => {
  const old = await owner.post<Json>('/v1/keys', { name: 'gateway', scopes, requestsPerSecond: 50 })
  const path = `/v1/keys/${String(old['id'])}/rotate`
  const made = await owner.post<Json>(path, { overlapHours: 48 })
  assert.deepEqual([(await ask(old['key'])).status, (await ask(made['key'])).status], [200, 200])
  const [before, after] = [await viewOf(old['id']), await viewOf(made['id'])]
  for (const field of ['name', 'scopes', 'requestsPerSecond']) assert.deepEqual(after[field], before[field])
  assert.equal(after['replaces'], old['id'])
  const hoursLeft = (Date.parse(String(before['expiresAt'])) - Date.parse(String(after['createdAt']))) / 3_600_000
  assert.ok(Math.abs(hoursLeft - 48) < 0.1, String(hoursLeft))
  // A further one does not lengthen what was said.
  await owner.post(path, { overlapHours: 500 })
  assert.equal((await viewOf(old['id']))['expiresAt'], before['expiresAt'])
  const last = await owner.post<Json>(path, { overlapHours: 0 })
  assert.equal((await ask(old['key'])).status, 401)
  assert.deepEqual([(await ask(made['key'])).status, (await ask(last['key'])).status], [200, 200])
  // Whoever stole the first may have made the others.
  await owner.post(`/v1/keys/${String(old['id'])}`, undefined, 'DELETE')
  assert.deepEqual([(await ask(made['key'])).status, (await ask(last['key'])).status], [401, 401])
})

test('nobody gets the key of another person by replacing it, nor one that may do more', async () => {
  const ann = await personWith(kvit, 'ann', ['keys:write', 'balances:approve'])
  const bob = await owner.post<Json>('/v1/keys', { name: 'bob', scopes: ['balances:approve'] })
  await assert.rejects(ann.post(`/v1/keys/${String(bob['id'])}/rotate`, {}), /by the one whose key it is/)
  const own = await ann.post<Json>('/v1/keys', { name: 'second', scopes: ['balances:approve'] })
  await ann.post(`/v1/keys/${String(own['id'])}/rotate`, {})
  const small = await ann.post<{ key: string }>('/v1/keys', { name: 'small', scopes: ['keys:write'] })
  const response = await fetch(`${app.url}/v1/keys/${String(own['id'])}/rotate`, {
    method: 'POST',
    body: '{}',
    headers: { authorization: `Bearer ${small.key}`, 'content-type': 'application/json' },
  })
  assert.equal(response.status, 403)
  const { browser } = await signedIn(kvit, 'olha@shop.example', ['owner'])
  assert.equal((await browser.post(`/v1/keys/${String(bob['id'])}/rotate`, {})).status, 403)
  const hers = await browser.post('/v1/keys', { name: 'hers', scopes })
  const next = await browser.post(`/v1/keys/${String(hers.json['id'])}/rotate`, {})
  assert.equal(next.status, 201)
  assert.equal((await viewOf(next.json['id']))['ownerUser'], (await viewOf(hers.json['id']))['ownerUser'])
  await assert.rejects(ann.post(`/v1/keys/${String(hers.json['id'])}/rotate`, {}), /by the one whose key it is/)
})

test('the last use of a key is told, and is not written with each request', async () => {
  const { id, key } = await owner.post<Json>('/v1/keys', { name: 'used', scopes })
  assert.equal((await viewOf(id))['lastUsedAt'], null)
  await ask(key)
  const first = (await viewOf(id))['lastUsedAt']
  assert.ok(Date.parse(String(first)) > 0)
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await ask(key)
  assert.equal((await viewOf(id))['lastUsedAt'], first)
})

test('a key with a limit of its own is told to wait; others of its tenant are not', async () => {
  const [slow, fast] = [
    await owner.post<Json>('/v1/keys', { name: 'slow', scopes, requestsPerSecond: 1 }),
    await owner.post<Json>('/v1/keys', { name: 'fast', scopes }),
  ]
  const answers = await Promise.all(Array.from({ length: 200 }, async () => ask(slow['key'])))
  const refused = answers.filter(({ json }) => json['code'] === 'too_many_requests')
  assert.ok(refused.length > 100, String(refused.length))
  assert.ok(answers.some(({ status }) => status === 200))
  assert.equal((await ask(fast['key'])).status, 200)
})
