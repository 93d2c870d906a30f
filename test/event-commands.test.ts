import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { followEvents } from '../src/cli/commands-events.ts'
import { runCommand } from './command-line.ts'
import { personWith, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('told', '2026-02-10T12:00:00Z')
const { client, app, request } = kvit
await seedOperator(client)
for (const key of ['ann', 'bob']) {
  await client.post('/v1/customers', { key, name: key })
  const thresholds = [{ code: 'low', kind: 'low_balance', amount: '2.00', action: 'notify' }]
  const terms = { issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01', creditLimit: '0', thresholds }
  await client.post('/v1/accounts', { key, customer: key, ...terms })
  const topUp = { key: `t-${key}`, account: key, amount: '5.00', currency: 'EUR', method: 'cash' }
  await client.post('/v1/top-ups', topUp)
}
await client.post('/v1/top-ups/t-bob/reversal', { reason: 'mistake' })

interface Told extends Json {
  readonly id: string
  readonly type: string
}
const typesOf = async (query: string): Promise<string[]> =>
  (await client.list<Told>(`/v1/events?${query}`)).map(({ type }) => type)

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return runCommand(args, { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'told' })
}

test('events are found by type, group of types, object, account, customer, time and text', async () => {
  const { id: accountId, customerId } = await client.get<Json>('/v1/accounts/ann')
  assert.deepEqual(await typesOf('account=ann'), ['account.created', 'balance.topped_up', 'balance.lot_opened'])
  assert.deepEqual(await typesOf(`account=${String(accountId)}&type=balance.*`), [
    'balance.topped_up',
    'balance.lot_opened',
  ])
  assert.deepEqual(await typesOf('customer=ann&type=customer.created,account.created'), [
    'customer.created',
    'account.created',
  ])
  assert.deepEqual(await typesOf(`object=${String(customerId)}`), ['customer.created'])
  assert.deepEqual(await typesOf('createdUntil=2026-02-10T12:00:00Z'), [])
  assert.equal((await typesOf('createdFrom=2026-02-10T12:00:00Z&type=meter.published')).length, 1)
  assert.deepEqual(await typesOf('text=reversed'), ['balance.top_up_reversed'])
})

test('a type that nothing is called is refused, with the one that was probably meant', async () => {
  const { status, json } = await request('GET', '/v1/events?type=invoice.isued')
  assert.equal(status, 400)
  assert.match(String(json['detail']), /nothing is called invoice\.isued; did you mean "invoice\.issued"\?/)
  assert.equal((await request('GET', '/v1/events?type=nothing.*')).status, 400)
  assert.equal((await request('GET', '/v1/events/01890000-0000-7000-8000-000000000001')).status, 404)
  assert.equal((await request('GET', '/v1/events?cursor=01890000-0000-7000-8000-000000000001')).status, 400)
})

test('an event names the request that led to it, and the key that asked', async () => {
  const response = await fetch(`${app.url}/v1/customers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'told', 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'cid', name: 'Cid' }),
  })
  const [told] = await client.list<Told>('/v1/events?customer=cid')
  assert.equal(told?.['requestId'], response.headers.get('request-id'))
  assert.match(String(told?.['actor']), /^[0-9a-f-]{36}$/)
})

test('who may read balances alone sees what this address showed before, under its earlier names', async () => {
  const teller = await personWith(kvit, 'teller', ['balances:read'])
  const shown = await teller.list<Told>('/v1/events')
  assert.deepEqual(
    shown.map(({ type, kind, payload, data }) => [type, kind, payload, data]),
    [['balance.threshold_crossed', 'threshold_crossed', shown[0]?.['data'], shown[0]?.['data']]],
  )
  const [other] = await client.list<Told>('/v1/events?type=account.created')
  await assert.rejects(teller.get(`/v1/events/${other?.id}`), /no event/)
  const reader = await personWith(kvit, 'reader', ['events:read'])
  assert.equal((await reader.list('/v1/events')).length, (await client.list('/v1/events')).length)
  const stranger = await personWith(kvit, 'stranger', ['usage:write'])
  await assert.rejects(stranger.list('/v1/events'), /lacks the scope events:read/)
})

test('kvit event list and show tell what happened', async () => {
  const listed = await run('event', 'list', '--type', 'balance.*', '--account', 'bob', '--oldest-first')
  assert.equal(listed.code, 0, listed.err)
  const lines = listed.out.trimEnd().split('\n')
  assert.match(String(lines[0]), /^seq +createdAt +type +object +data$/)
  assert.match(listed.out, /balance\.topped_up .*"amount":"5\.00"/)
  assert.match(String(lines.at(-1)), /balance\.threshold_crossed/)
  const [first] = await client.list<Told>('/v1/events')
  const { out } = await run('event', 'show', String(first?.id))
  assert.match(out, /^type +tenant\.created$/m)
})

test('kvit event tail tells each event once as it happens, from where it was left', async () => {
  const [, second] = await client.list<Told>('/v1/events')
  const told: Json[] = []
  const enough = new Error('enough')
  const following = followEvents(client, { after: String(second?.id) }, (event) => {
    told.push(event)
    if (event['type'] === 'customer.updated') throw enough
  })
  await client.post('/v1/customers/cid', { name: 'Cyd' }, 'PATCH')
  await assert.rejects(following, enough)
  const all = await client.list<Told>('/v1/events')
  assert.deepEqual(told, all.slice(2))
})
