/** A server is killed again and again while others are told: each event reaches each endpoint under one id, in order where that is asked for, and the network has each service as Kvit has it. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { randomFrom } from '../bench/workload.ts'
import { FakeNas } from '../packages/fakes/src/fake-nas.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { until } from './test-postgres.ts'

/** More of it: `KVIT_TEST_EVENTS=5000 KVIT_TEST_KILLS=10 node tools/run-tests.ts test/telling-kills.test.ts`. */
const EVENTS = Number(process.env['KVIT_TEST_EVENTS'] ?? 60)
const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 2)
const SERVICES = 12
/** Requests that an endpoint, or a target, gets at the same time, at most. */
const [AT_ONCE, TOLD_AT_ONCE] = [8, 16]
const SECRET = 'sesame'
const random = randomFrom(17)

interface Got {
  readonly path: string
  readonly id: string
  readonly body: string
  readonly told: Json
}
const got: Got[] = []
async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request)
  const told = JSON.parse(body) as Json
  got.push({ path: request.url ?? '', id: String(request.headers['webhook-id']), body, told })
  // Some are killed while they wait for this answer.
  await setTimeout(random() * 30)
  response.writeHead(200).end()
}
const receiver = createServer((request, response) => void hear(request, response))
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
const nas = await FakeNas.listen(SECRET)
// Some answers are lost, and those requests come again.
nas.troubles.push('unanswered', 'none', 'lost', 'none', 'none')
process.env['KVIT_PRIVATE_HOSTS'] = `${new URL(base).host},127.0.0.1:${nas.port}`
const config = await testConfig()
const server = new ServerProcess(config)
const database = new pg.Client({ connectionString: config.databaseUrl })
await database.connect()
after(async () => {
  await server.kill()
  receiver.closeAllConnections()
  receiver.close()
  nas.close()
  await database.end()
  await rm(config.dataDir, { recursive: true, force: true })
})
await server.start()
const client = new Client(config, 'killed', 400)
await client.post('/v1/tenants', { name: 'killed', clock: '2026-02-10T10:00:00Z' })
await seedOperator(client)
const keys = Array.from({ length: SERVICES }, (_, at) => `s${at}`)
for (const key of keys) await createSubscriber(client, key)
await client.post('/v1/webhook-endpoints', { key: 'loose', url: `${base}/loose`, types: ['customer.updated'] })
const ordered = { key: 'ordered', url: `${base}/ordered`, types: ['customer.updated'], ordered: true }
await client.post('/v1/webhook-endpoints', ordered)
const filter = (value: string): Json => ({ request: 'coa', attributes: [{ attribute: 'Filter-Id', value }] })
const states = { open: filter('open'), restricted: filter('slow') }
const radius = { host: '127.0.0.1', port: nas.port, states }
await client.post('/v1/enforcement-targets', { key: 'nas', radius, secret: SECRET })
await client.post('/v1/enforcement-targets', { key: 'crm', url: `${base}/crm` })

/** What a NAS was asked for in each state. */
const ASKED: Readonly<Record<string, string>> = { open: 'open', restricted: 'slow', blocked: 'disconnect' }
const standing = new Map<string, string[]>()
let [changes, blocks] = [0, 0]

/** Customers are changed, and services barred and opened, in any order. */
async function change(round: number): Promise<void> {
  const most = Math.ceil((EVENTS * (round + 1)) / (KILLS + 1))
  const ofCustomer = async (key: string, at: number): Promise<void> => {
    for (let n = changes + at; n < most; n += SERVICES) {
      await client.post(`/v1/customers/${key}`, { name: `Name ${n}` }, 'PATCH')
      const own = standing.get(key) ?? []
      const lifted = random() < 0.5 ? own.pop() : undefined
      if (lifted !== undefined) await client.post(`/v1/blocks/${lifted}/lift`, {})
      else {
        const reason = random() < 0.5 ? 'dunning_soft' : 'dunning_hard'
        const { id } = await client.post('/v1/blocks', { key: `b${++blocks}`, service: key, reason })
        own.push(String(id))
      }
      standing.set(key, own)
    }
  }
  await Promise.all(keys.map(ofCustomer))
  changes = most
}

const toldTo = (path: string): Got[] => got.filter((one) => one.path === path)
const isRising = (numbers: readonly number[]): boolean =>
  numbers.every((one, at) => at === 0 || one >= (numbers[at - 1] as number))

test('every event reaches each endpoint, under one id, in order where that is asked for; each service is in the network as it is in Kvit', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const before = toldTo('/loose').length
    await change(kill)
    await until('some have come', async () => toldTo('/loose').length > before + AT_ONCE && nas.taken.length > kill)
    await server.kill()
    await server.start()
    // What was being sent by a process that is no more is sent after a minute: that is over.
    await database.query('update t_killed.webhook_delivery set claimed_until = now() where claimed_until is not null')
  }
  await change(KILLS)
  const left = async (): Promise<number> => {
    const { rows } = await database.query<{ n: number }>(`select
      (select count(*) from t_killed.webhook_delivery where state <> 'delivered')::int
      + (select count(*) from t_killed.enforcement where state <> 'told')::int
      + (select count(*) from t_killed.event where seq is null)::int
      + (select count(*) from t_killed.event_subscriber where seq < (select seq from t_killed.event_head))::int as n`)
    return rows[0]?.n ?? 1
  }
  await until('all is told', async () => (await left()) === 0)
  const events = await client.list<Json>('/v1/events?type=customer.updated')
  assert.equal(events.length, EVENTS)
  for (const path of ['/loose', '/ordered']) {
    const told = toldTo(path)
    assert.deepEqual(
      new Set(told.map(({ id }) => id)),
      new Set(events.map(({ id }) => String(id))),
      `${path}: none is lost`,
    )
    for (const [id, same] of Map.groupBy(told, (one) => one.id))
      assert.equal(new Set(same.map(({ body }) => body)).size, 1, `${path}: ${id} says the same again`)
    assert.ok(told.length <= EVENTS + AT_ONCE * KILLS, `${path}: ${told.length - EVENTS} came again`)
  }
  for (const [object, told] of Map.groupBy(toldTo('/ordered'), (one) => String(one.told['objectId'])))
    assert.ok(isRising(told.map((one) => Number(one.told['seq']))), `${object}: in order`)

  const crm = Map.groupBy(toldTo('/crm'), (one) => String(one.told['service']))
  for (const key of standing.keys()) {
    const { state } = await client.get<{ state: string }>(`/v1/services/${key}/state`)
    const versions = (crm.get(key) ?? []).map((one) => Number(one.told['version']))
    assert.ok(isRising(versions), `${key}: versions ${versions.join()} in order`)
    assert.equal(crm.get(key)?.at(-1)?.told['state'], state, `${key}: as the last webhook says`)
    assert.equal(nas.asked(key).at(-1), ASKED[state], `${key}: as the network was asked last`)
  }
  const toldStates = await database.query<{ n: number }>('select sum(version)::int as n from t_killed.service_state')
  assert.ok(toldTo('/crm').length <= (toldStates.rows[0]?.n ?? 0) + TOLD_AT_ONCE * KILLS, 'none is told over and over')
  assert.deepEqual(await checkHolds(client), [])
})
