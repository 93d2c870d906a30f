/** The network is told of blocks: a webhook and a network access server, in order, the newest alone, until it is done; and what it really does. */
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import pg from 'pg'
import { FakeNas, type NasTrouble } from '../packages/fakes/src/fake-nas.ts'
import type { Json } from '../src/cli/client.ts'
import { ChargingWorld, PLANS } from './charging-world.ts'
import { runCommand } from './command-line.ts'
import { checkHolds, personWith, seedOperator, startKvit } from './harness.ts'
import { signedHeaders } from './signed-messages.ts'
import { until } from './test-postgres.ts'

const SECRET = 'a secret of the NAS'
const nas = await FakeNas.listen(SECRET)
after(() => nas.close())
interface Told extends Json {
  service: string
  state: string
  version: number
}
const received: { readonly told: Told; readonly headers: Record<string, string>; readonly text: string }[] = []
let status = 204
async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  received.push({ told: JSON.parse(text) as Told, headers: request.headers as Record<string, string>, text })
  response.writeHead(status).end()
}
const receiver = createServer((request, response) => void receive(request, response))
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
after(() => {
  receiver.closeAllConnections()
  receiver.close()
})
const hook = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
const privateHosts = [hook, `127.0.0.1:${nas.port}`]
const kvit = await startKvit('network', '2026-02-10T12:00:00Z', undefined, undefined, { privateHosts })
const { client, request, app } = kvit
await seedOperator(client, PLANS)
const world = new ChargingWorld(kvit)
await world.subscriber('anna', { services: ['anna', 'anna-2'] })

const behave = (...troubles: NasTrouble[]): void => void nas.troubles.splice(0, nas.troubles.length, ...troubles)
const place = async (body: Json): Promise<Json> => client.post<Json>('/v1/blocks', { key: world.nextKey(), ...body })
const lift = async ({ id }: Json): Promise<Json> => client.post<Json>(`/v1/blocks/${id}/lift`, {})
const statesOf = (service: string): string[] =>
  received.filter(({ told }) => told.service === service).map(({ told }) => `${told.state} ${told.version}`)
const enforcement = async (target: string, service: string): Promise<Json> =>
  (await client.list<Json>(`/v1/enforcements?target=${target}&service=${service}`))[0] ?? {}
const FILTER = (value: string): Json => ({ request: 'coa', attributes: [{ attribute: 'Filter-Id', value }] })
const states = { open: FILTER('normal'), throttled: FILTER('{kbps}'), restricted: FILTER('no {barred}') }
let webhookSecret = ''

test('targets are named, checked and shown without their secrets', async () => {
  const radius = { host: '127.0.0.1', port: nas.port, states }
  const made = await client.post<Json>('/v1/enforcement-targets', { key: 'crm', url: `http://${hook}/states` })
  webhookSecret = String(made['secret'])
  const own = await client.post<Json>('/v1/enforcement-targets', { key: 'bras', radius, secret: SECRET })
  assert.equal(own['secret'], null)
  assert.doesNotMatch(JSON.stringify(await client.get('/v1/enforcement-targets')), new RegExp(`${SECRET}|whsec_`))
  for (const [body, said] of [
    [{ key: 'x' }, /either a url or radius/],
    [{ key: 'x', radius }, /needs the secret/],
    [{ key: 'x', url: 'https://127.0.0.1/x' }, /not of the public internet/],
    [{ key: 'x', url: 'https://example.org/', secret: 'short' }, /whsec_/],
    [
      { key: 'x', radius: { ...radius, identify: [{ attribute: 'Name', value: 'x' }] }, secret: SECRET },
      /no attribute Name/,
    ],
    [{ key: 'crm', url: 'https://example.org/' }, /there is an enforcement target crm/],
  ] as const) {
    const { status: code, text } = await request('POST', '/v1/enforcement-targets', { body })
    assert.ok(code >= 400 && code < 500, text)
    assert.match(text, said)
  }
  const support = await personWith(kvit, 'support', ['blocks:read', 'blocks:write'])
  await assert.rejects(
    support.post('/v1/enforcement-targets', { key: 'y', url: 'https://example.org/' }),
    /settings:write/,
  )
  await client.post('/v1/tenants', { name: 'neighbour' })
  for (const path of ['/v1/enforcement-targets/crm', '/v1/enforcement-targets/bras'])
    assert.equal((await request('GET', path, { headers: { 'kvit-tenant': 'neighbour' } })).status, 404)
})

test('what changes a service is told to each target, signed, and what opens it again, too', async () => {
  const block = await place({ service: 'anna', reason: 'customer' })
  await until('both are told', async () => nas.asked('anna').length === 1 && statesOf('anna').length === 1)
  const slow = await place({ service: 'anna-2', reason: 'admin', kbps: 64 })
  await lift(block)
  await until('both are told', async () => nas.asked('anna').length === 2 && nas.asked('anna-2').length === 1)
  await until('both are told', async () => statesOf('anna').length === 2 && statesOf('anna-2').length === 1)
  assert.deepEqual(nas.asked('anna'), ['disconnect', 'normal'])
  assert.deepEqual(nas.asked('anna-2'), ['64'])
  assert.deepEqual(statesOf('anna'), ['blocked 1', 'open 2'])
  for (const { told, headers, text } of received) {
    const id = `${told['serviceId']}:${told.version}`
    const own = signedHeaders(webhookSecret, id, text, Number(headers['webhook-timestamp']))
    assert.deepEqual([headers['webhook-id'], headers['webhook-signature']], [id, own['webhook-signature']])
  }
  await until('it is noted', async () => (await enforcement('bras', 'anna-2'))['state'] === 'told')
  assert.equal((await enforcement('bras', 'anna-2'))['words'], 'acknowledged')
  await lift(slow)
  await until('both are told', async () => nas.asked('anna-2').length === 2 && statesOf('anna-2').length === 2)
})

test('a network that does not answer is told the newest state alone, when it answers again', async () => {
  status = 503
  const before = [nas.taken.length, received.length] as const
  behave('lost', 'lost', 'none')
  const block = await place({ service: 'anna', reason: 'customer' })
  await until('it is tried', async () => received.length > before[1])
  await lift(block)
  await place({ service: 'anna', reason: 'dunning_soft' })
  status = 204
  await until('the newest is told', async () => statesOf('anna').at(-1) === 'restricted 5')
  await until('the newest is told', async () => nas.asked('anna').at(-1) === 'no outgoing')
  await until('it is noted', async () => (await enforcement('crm', 'anna'))['toldVersion'] === 5)
  assert.deepEqual(
    [(await enforcement('crm', 'anna'))['state'], (await enforcement('bras', 'anna'))['state']],
    ['told', 'told'],
  )
})

test('what a process was telling when it was killed is told by another one', async () => {
  const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
  await database.connect()
  after(async () => database.end())
  const rows = 't_network.enforcement'
  const count = nas.asked('anna').length
  // Its claim has run out: the machine of the other one is gone.
  await database.query(
    `update ${rows} set state = 'waiting', claimed_by = 'elsewhere:1:x:', claimed_until = now() - interval '1 second', due_at = now()
     where target_id = (select id from t_network.enforcement_target where key = 'bras')`,
  )
  await until('it is told again', async () => nas.asked('anna').length > count)
  await until('it is noted', async () => (await enforcement('bras', 'anna'))['state'] === 'told')
})

test('what the network really does is compared, and it is told once more of what differs', async () => {
  const told = received.length
  const path = '/v1/enforcement-targets/crm/observed-states'
  const observed = [
    { service: 'anna', barred: [] },
    { service: 'anna-2', barred: [], kbps: 128 },
    { service: 'nobody', barred: [] },
  ]
  const answer = await client.post<Json>(path, { states: observed })
  assert.deepEqual(answer, {
    compared: 2,
    unknown: ['nobody'],
    differences: [
      { service: 'anna', wished: { barred: ['outgoing'], kbps: null }, observed: { barred: [], kbps: null } },
      { service: 'anna-2', wished: { barred: [], kbps: null }, observed: { barred: [], kbps: 128 } },
    ],
  })
  await until('both are told again', async () => received.length === told + 2)
  assert.deepEqual([statesOf('anna').at(-1), statesOf('anna-2').at(-1)], ['restricted 5', 'open 2'])
  const same = await client.post<Json>(path, { states: [{ service: 'anna', barred: ['outgoing'] }] })
  assert.deepEqual(same['differences'], [])
})

test('one that says no is tried again, and told of on request', async () => {
  status = 422
  const block = await place({ service: 'anna-2', reason: 'customer' })
  await until('it is refused', async () => (await enforcement('crm', 'anna-2'))['words'] === 'answered 422')
  assert.equal((await enforcement('crm', 'anna-2'))['state'], 'waiting')
  status = 204
  const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'network' }
  const { code, out, err } = await runCommand(
    ['block', 'target', 'resend', 'crm', '--service', 'anna-2', '--json'],
    env,
  )
  assert.equal(code, 0, err)
  assert.deepEqual(JSON.parse(out), { services: 1 })
  await until('it is told', async () => (await enforcement('crm', 'anna-2'))['state'] === 'told')
  const listed = await runCommand(['block', 'enforcement', '--target', 'crm', '--state', 'told', '--json'], env)
  assert.equal((JSON.parse(listed.out) as Json[]).length, 2)
  await lift(block)
})

test('a target that is off is told nothing; turned on, it is told what restricts services by then', async () => {
  await client.post('/v1/enforcement-targets/bras', { isOn: false }, 'PATCH')
  const count = nas.taken.length
  await place({ service: 'anna-2', reason: 'customer' })
  await until('the other one is told', async () => statesOf('anna-2').at(-1)?.startsWith('blocked') === true)
  assert.equal(nas.taken.length, count)
  await client.post('/v1/enforcement-targets/bras', { isOn: true }, 'PATCH')
  await until('it is told', async () => nas.asked('anna-2').at(-1) === 'disconnect')
  await client.post('/v1/enforcement-targets/bras', undefined, 'DELETE')
  assert.equal((await request('GET', '/v1/enforcement-targets/bras')).status, 404)
  assert.deepEqual(await checkHolds(client), [])
})
