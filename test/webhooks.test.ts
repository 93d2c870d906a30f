/** Webhooks through the door: a receiver that answers, fails, is gone, is slow; secrets in turn; order; replay; nothing of another tenant; nowhere private. */
import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { after, test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { standardWebhookId } from '../src/platform/http/signature.ts'
import { checkHolds, startKvit } from './harness.ts'
import { until } from './test-postgres.ts'

interface Got {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: Json
}

const got: Got[] = []
/** What a path is answered with; 200 unless set. */
const statuses = new Map<string, number>()
/** Paths that do not answer. */
const silent = new Set<string>()
async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path, body] = [request.url ?? '/', await textOf(request)]
  got.push({ path, headers: request.headers, body, event: JSON.parse(body) as Json })
  if (!silent.has(path)) response.writeHead(statuses.get(path) ?? 200).end(`heard ${path}`)
}
const receiver = createServer((request, response) => void hear(request, response))
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
after(() => {
  receiver.closeAllConnections()
  receiver.close()
})
const base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`

const kvit = await startKvit('hooks', '2026-02-10T12:00:00Z', undefined, undefined, {
  privateHosts: [new URL(base).host],
})
const { client, request, config } = kvit
await client.post('/v1/tenants', { name: 'other' })
const database = new pg.Client({ connectionString: config.databaseUrl as string })
await database.connect()
after(async () => database.end())

const secrets = new Map<string, string>()
async function endpoint(key: string, terms: Json = {}): Promise<Json> {
  const made = await client.post<Json>('/v1/webhook-endpoints', { key, url: `${base}/${key}`, ...terms })
  secrets.set(key, String(made['secret']))
  return made
}
const toldOf = (key: string): Got[] => got.filter(({ path }) => path === `/${key}`)
const typesOf = (key: string): unknown[] => toldOf(key).map(({ event }) => event['type'])
const customer = async (key: string): Promise<unknown> => client.post('/v1/customers', { key, name: `Customer ${key}` })
const deliveriesOf = async (key: string): Promise<Json[]> => client.list<Json>(`/v1/webhook-deliveries?endpoint=${key}`)
/** What waits is due now, and its endpoint does not rest: days pass for the receiver alone. */
async function makeDue(): Promise<void> {
  await database.query("update t_hooks.webhook_delivery set due_at = now() where state = 'waiting'")
  await database.query('update t_hooks.webhook_endpoint set rest_until = null')
}

test('what an endpoint asks for is sent once, signed, as the API shows it; what it does not ask for is not', async () => {
  const made = await endpoint('crm', { types: ['customer.*'] })
  assert.match(secrets.get('crm') ?? '', /^whsec_/)
  assert.equal((await client.get<Json>('/v1/webhook-endpoints/crm'))['secret'], undefined)
  assert.deepEqual([made['state'], made['types'], made['ordered']], ['on', ['customer.*'], false])
  await customer('ann')
  await client.post('/v1/issuers', { key: 'op', name: 'Operator', address: 'Kyiv' })
  await until('it is told', async () => toldOf('crm').length === 1)
  const [{ headers, body, event }] = toldOf('crm') as [Got]
  const shown = await client.get<Json>(`/v1/events/${String(event['id'])}`)
  const id = String(shown['id'])
  assert.deepEqual(event, { ...shown, timestamp: shown['createdAt'] })
  assert.equal(headers['webhook-id'], id)
  const message = { headers, body: Buffer.from(body) }
  assert.equal(standardWebhookId(secrets.get('crm') as string, message, Date.now()), id)
  assert.equal(standardWebhookId(`whsec_${'A'.repeat(43)}=`, message, Date.now()), null)
  await until('it is noted', async () => (await deliveriesOf('crm'))[0]?.['state'] === 'delivered')
  const [delivery] = await deliveriesOf('crm')
  const { log } = await client.get<{ log: Json[] }>(`/v1/webhook-deliveries/${String(delivery?.['id'])}`)
  assert.deepEqual(
    log.map(({ number, status, error, answer }) => [number, status, error, answer]),
    [[1, 200, null, 'heard /crm']],
  )
})

test('while a secret is replaced, requests carry the signatures of both', async () => {
  const earlier = secrets.get('crm') as string
  const { secret } = await client.post<Json>('/v1/webhook-endpoints/crm/secrets', { earlierHours: 1 })
  await client.post('/v1/webhook-endpoints/crm/trials', {})
  await until('it is tried', async () => typesOf('crm').includes('webhook_endpoint.tested'))
  const { headers, body } = toldOf('crm').at(-1) as Got
  for (const one of [earlier, String(secret)])
    assert.notEqual(standardWebhookId(one, { headers, body: Buffer.from(body) }, Date.now()), null)
  await client.post('/v1/webhook-endpoints/crm/secrets', { earlierHours: 0 })
  await client.post('/v1/webhook-endpoints/crm/trials', {})
  const tried = (): Got[] => toldOf('crm').filter(({ event }) => event['type'] === 'webhook_endpoint.tested')
  await until('it is tried again', async () => tried().length === 2)
  const last = tried().at(-1) as Got
  assert.equal(standardWebhookId(earlier, { headers: last.headers, body: Buffer.from(last.body) }, Date.now()), null)
  const more = async (earlierHours: number): Promise<number> =>
    (await request('POST', '/v1/webhook-endpoints/crm/secrets', { body: { earlierHours } })).status
  assert.deepEqual([await more(720), await more(720), await more(720), await more(720)], [201, 201, 201, 201])
  assert.deepEqual([await more(720), await more(0)], [409, 201])
})

test('what fails is sent again with the same id, until it comes through; a slow endpoint and one that fails hold up no other', async () => {
  statuses.set('/shaky', 503)
  silent.add('/slow')
  await endpoint('shaky', { types: ['customer.created'] })
  await endpoint('slow', { types: ['customer.created'] })
  await endpoint('quick', { types: ['customer.created'] })
  for (const key of ['bob', 'cleo', 'dan']) await customer(key)
  await until('the quick one is told of all', async () => toldOf('quick').length === 3)
  await until('the shaky one has failed', async () => toldOf('shaky').length > 0)
  const shown = async (): Promise<Json> => client.get('/v1/webhook-endpoints/shaky')
  await until('it is noted', async () => (await shown())['failingSince'] !== null)
  statuses.delete('/shaky')
  await until('it is told of all', async () => {
    await makeDue()
    return (await deliveriesOf('shaky')).every(({ state }) => state === 'delivered')
  })
  const ids = new Set(toldOf('shaky').map(({ headers }) => headers['webhook-id']))
  assert.equal(ids.size, 3)
  assert.deepEqual([(await shown())['failingSince'], (await shown())['waiting']], [null, 0])
  receiver.closeAllConnections()
  silent.delete('/slow')
  await until('the slow one is told in the end', async () => {
    await makeDue()
    return (await deliveriesOf('slow')).every(({ state }) => state === 'delivered')
  })
})

test('one that says that it is gone is given up, with an event; turned on, it goes on with what waits', async () => {
  statuses.set('/gone', 410)
  await endpoint('gone', { types: ['customer.created'] })
  await customer('eve')
  const shown = async (): Promise<Json> => client.get('/v1/webhook-endpoints/gone')
  await until('it is given up', async () => (await shown())['state'] === 'disabled')
  assert.equal((await shown())['reason'], 'gone')
  const { items } = await client.get<{ items: Json[] }>('/v1/events?type=webhook_endpoint.disabled')
  assert.deepEqual(
    items.map(({ data }) => data),
    [{ key: 'gone', reason: 'gone' }],
  )
  const refused = await request('POST', '/v1/webhook-endpoints/gone/trials', { body: {} })
  assert.equal(refused.status, 409)
  statuses.delete('/gone')
  await client.post('/v1/webhook-endpoints/gone', { state: 'on' }, 'PATCH')
  await until('it is told', async () => {
    await makeDue()
    return (await deliveriesOf('gone')).every(({ state }) => state === 'delivered')
  })
})

test('after ten attempts and no success a delivery has failed and its endpoint is given up; it can be sent by hand', async () => {
  statuses.set('/dead', 500)
  await endpoint('dead', { types: ['customer.created'] })
  await customer('fay')
  const shown = async (): Promise<Json> => client.get('/v1/webhook-endpoints/dead')
  await until('it is given up', async () => {
    await makeDue()
    return (await shown())['state'] === 'disabled'
  })
  const [delivery] = await deliveriesOf('dead')
  assert.deepEqual([delivery?.['state'], delivery?.['attempts'], (await shown())['reason']], ['failed', 10, 'failing'])
  statuses.delete('/dead')
  await client.post('/v1/webhook-endpoints/dead', { state: 'on' }, 'PATCH')
  await client.post(`/v1/webhook-deliveries/${String(delivery?.['id'])}/retry`, {})
  await until('it comes through', async () => (await deliveriesOf('dead'))[0]?.['state'] === 'delivered')
})

test('what is told of one object keeps its order where that is asked for, whatever fails', async () => {
  await endpoint('ordered', { types: ['customer.*'], ordered: true })
  statuses.set('/ordered', 500)
  await customer('gus')
  for (const name of ['Gus 1', 'Gus 2', 'Gus 3']) await client.post('/v1/customers/gus', { name }, 'PATCH')
  await until('the first has failed', async () => toldOf('ordered').length > 0)
  await makeDue()
  await until('it was sent again', async () => toldOf('ordered').length > 1)
  assert.deepEqual(new Set(typesOf('ordered')), new Set(['customer.created']))
  statuses.delete('/ordered')
  await until('all come through', async () => {
    await makeDue()
    return (await deliveriesOf('ordered')).every(({ state }) => state === 'delivered')
  })
  const seqs = [...new Set(toldOf('ordered').map(({ event }) => Number(event['seq'])))]
  assert.deepEqual(
    seqs,
    seqs.toSorted((a, b) => a - b),
  )
  assert.equal(seqs.length, 4)
})

test('a new endpoint hears nothing of the past, unless somebody asks: for one event, or for those of a time', async () => {
  await endpoint('late', { types: ['customer.*'] })
  const replay = async (body: Json): Promise<{ status: number; json: Json }> =>
    request('POST', '/v1/webhook-endpoints/late/replays', { body })
  const { items } = await client.get<{ items: Json[] }>('/v1/events?type=customer.created&limit=1')
  const one = String(items[0]?.['id'])
  assert.deepEqual((await replay({ event: one })).json, { events: 1 })
  await until('it is told of it', async () => toldOf('late').length === 1)
  const before = (await client.list('/v1/events?type=customer.*')).length
  assert.deepEqual((await replay({ from: '2026-02-10T00:00:00Z' })).json, { events: before })
  await until('it is told of all', async () => toldOf('late').length === 1 + before)
  assert.equal((await replay({ from: '2027-01-01T00:00:00Z' })).status, 422)
  assert.equal((await replay({})).status, 422)
  assert.equal((await replay({ from: '2026-01-01T00:00:00Z', types: ['custmer.*'] })).status, 400)
})

test('bad addresses and types are refused; what another tenant has is not there', async () => {
  const create = async (body: Json): Promise<number> =>
    (await request('POST', '/v1/webhook-endpoints', { body: { key: 'x', ...body } })).status
  for (const url of ['nonsense', 'ftp://x.example', 'https://user:word@x.example', 'file:///etc/passwd'])
    assert.ok([400, 422].includes(await create({ url })), url)
  assert.equal(await create({ url: base, types: ['nothing.happened'] }), 400)
  assert.equal(await create({ url: base, secret: 'short' }), 400)
  assert.equal((await request('POST', '/v1/webhook-endpoints', { body: { key: 'crm', url: base } })).status, 409)
  const elsewhere = { 'kvit-tenant': 'other' }
  assert.equal((await request('GET', '/v1/webhook-endpoints/crm', { headers: elsewhere })).status, 404)
  const [delivery] = await deliveriesOf('crm')
  const path = `/v1/webhook-deliveries/${String(delivery?.['id'])}`
  assert.equal((await request('GET', path, { headers: elsewhere })).status, 404)
  assert.equal((await request('POST', `${path}/retry`, { headers: elsewhere, body: {} })).status, 404)
})

test('one that is off or deleted hears nothing more', async () => {
  await client.post('/v1/webhook-endpoints/quick', { state: 'off' }, 'PATCH')
  await client.post('/v1/webhook-endpoints/late', undefined, 'DELETE')
  const before = [toldOf('quick').length, toldOf('late').length]
  await customer('ida')
  await until(
    'another one is told',
    async () => (await deliveriesOf('crm')).length > 0 && typesOf('ordered').length >= 5,
  )
  assert.deepEqual([toldOf('quick').length, toldOf('late').length], before)
  assert.equal((await request('GET', '/v1/webhook-endpoints/late')).status, 404)
  assert.deepEqual(await checkHolds(client), [])
})
