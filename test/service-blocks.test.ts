/** Services that are blocked: facts side by side, what charging grants meanwhile, and what is told of it. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ChargingClient } from '../packages/sdk/src/node.ts'
import type { Json } from '../src/cli/client.ts'
import { liftDunningBlocks, placeDunningBlock } from '../src/modules/service-blocks/index.ts'
import { connect, type Database, inSchema, inTransaction } from '../src/platform/db.ts'
import { startChargingWorld } from './charging-world.ts'
import { runCommand } from './command-line.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await startChargingWorld('blocks')
const { kvit } = world
const { client, request, app } = kvit
for (const key of ['anna', 'bernd', 'carla', 'dora', 'emil'])
  await world.subscriber(key, { services: [key, `${key}-2`] })

interface Block extends Json {
  id: string
  state: string
}
interface State extends Json {
  state: string
  barred: string[]
  kbps: number | null
  reasons: string[]
  blocks: Block[]
}
const place = async (body: Json): Promise<Block> => client.post<Block>('/v1/blocks', { key: world.nextKey(), ...body })
const lift = async ({ id }: Block): Promise<Block> => client.post<Block>(`/v1/blocks/${id}/lift`, {})
const stateOf = async (service: string, at?: string): Promise<State> =>
  client.get<State>(`/v1/services/${service}/state${at === undefined ? '' : `?at=${at}`}`)
const call = async (service: string): Promise<string> => {
  const { result, reason } = await world.event(service, 'call', {})
  return reason ?? result
}
const data = async (service: string): Promise<string> => {
  const { result, reason } = await world.event(service, 'data', { mb: '1' })
  return reason ?? result
}
const eventsOf = async (service: string): Promise<Json[]> => {
  const events = await client.list<Json>(`/v1/events?object=${(await stateOf(service))['serviceId']}&type=service.*`)
  return events.filter(({ type }) => type === 'service.blocked' || type === 'service.opened')
}
const toldOf = async (service: string): Promise<string[]> =>
  (await eventsOf(service)).map(
    ({ type, data: told }) => `${type} ${(told as State).state} ${(told as Json)['version']}`,
  )

test('several blocks stand side by side; each bars its part, and lifting one leaves what the others bar', async () => {
  assert.equal(await call('anna'), 'charged')
  const soft = await place({ account: 'anna', reason: 'dunning_soft' })
  assert.equal(soft['scope'], 'outgoing')
  assert.deepEqual([await call('anna'), await data('anna')], ['service_blocked', 'charged'])
  assert.equal(await call('anna-2'), 'service_blocked', 'every service of the account')
  const lost = await place({ service: 'anna', reason: 'customer', note: 'SIM lost' })
  assert.deepEqual([await call('anna'), await data('anna')], ['service_blocked', 'service_blocked'])
  assert.equal(await data('anna-2'), 'charged', 'the other SIM is not lost')
  const { state, barred, reasons, blocks } = await stateOf('anna')
  assert.deepEqual(
    [state, barred, reasons],
    ['blocked', ['outgoing', 'incoming', 'data'], ['dunning_soft', 'customer']],
  )
  assert.deepEqual(
    blocks.map(({ id }) => id),
    [soft.id, lost.id],
  )
  assert.equal((await lift(soft)).state, 'lifted')
  assert.deepEqual([await call('anna'), await call('anna-2')], ['service_blocked', 'charged'])
  await lift(lost)
  assert.deepEqual([await call('anna'), await data('anna')], ['charged', 'charged'])
  assert.equal((await stateOf('anna')).state, 'open')
  const again = await request('POST', `/v1/blocks/${lost.id}/lift`, { body: {} })
  assert.deepEqual([again.status, again.json['code']], [409, 'conflict'])
})

test('the same key is the same block, and another block under it is a conflict', async () => {
  const body = { key: 'once', service: 'bernd', reason: 'admin', scope: 'data', note: 'a test' }
  const first = await place(body)
  assert.equal((await place(body)).id, first.id)
  const other = await request('POST', '/v1/blocks', { body: { ...body, scope: 'all' } })
  assert.deepEqual([other.status, other.json['code']], [409, 'idempotency_conflict'])
  await lift(first)
})

test('blocks that cannot be are refused with a sentence', async () => {
  for (const [body, said] of [
    [{ reason: 'customer' }, /either a service or an account/],
    [{ reason: 'customer', service: 'bernd', account: 'bernd' }, /either a service or an account/],
    [{ reason: 'spring', service: 'bernd' }, /dunning_soft/],
    [{ reason: 'customer', service: 'nobody' }, /there is no service nobody/],
    [{ reason: 'customer', service: 'bernd', from: '2026-02-09T00:00:00Z' }, /now or later/],
    [{ reason: 'customer', service: 'bernd', until: '2026-02-10T12:00:00Z' }, /behind the beginning/],
    [{ reason: 'admin', service: 'bernd', kbps: 64, scope: 'outgoing' }, /about data/],
    [{ reason: 'admin', service: 'bernd', kbps: 0 }, /kbps/],
  ] as const) {
    const { status, text } = await request('POST', '/v1/blocks', { body: { key: world.nextKey(), ...body } })
    assert.ok(status >= 400 && status < 500, text)
    assert.match(text, said)
  }
  assert.deepEqual(await client.list('/v1/blocks?service=bernd&state=standing'), [])
})

test('who may block for customers lifts no block of fraud; another tenant sees nothing', async () => {
  const support = await personWith(kvit, 'support', ['blocks:read', 'blocks:write'])
  const reader = await personWith(kvit, 'reader', ['blocks:read'])
  const fraud = await place({ account: 'bernd', reason: 'fraud' })
  const statusOf = async (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'done',
      (error: Error) => error.message,
    )
  assert.match(await statusOf(support.post(`/v1/blocks/${fraud.id}/lift`, {})), /blocks:admin/)
  const admin = { key: 'support-1', account: 'bernd', reason: 'admin' }
  assert.match(await statusOf(support.post('/v1/blocks', admin)), /blocks:admin/)
  assert.match(await statusOf(reader.post('/v1/blocks', { ...admin, reason: 'customer' })), /blocks:write/)
  const own = await support.post<Block>('/v1/blocks', { ...admin, reason: 'customer' })
  assert.equal((await support.post<Block>(`/v1/blocks/${own.id}/lift`, {})).state, 'lifted')
  await client.post('/v1/tenants', { name: 'neighbour' })
  for (const [method, path] of [
    ['GET', `/v1/blocks/${fraud.id}`],
    ['POST', `/v1/blocks/${fraud.id}/lift`],
    ['GET', '/v1/services/bernd/state'],
    ['GET', '/v1/accounts/bernd/service-states'],
  ] as const) {
    const body = method === 'POST' ? { body: {} } : {}
    const answer = await request(method, path, { headers: { 'kvit-tenant': 'neighbour' }, ...body })
    assert.equal(answer.status, 404, path)
  }
  assert.equal(await call('bernd'), 'service_blocked')
  await lift(fraud)
})

test('a running session is cut at its next report: what it used is charged, and nothing more is granted', async () => {
  const session = { session: 'run', service: 'carla' }
  const requested = [{ type: 'voice', data: { seconds: '600' } }]
  assert.equal((await world.ask({ op: 'start', ...session, sequence: 0, requested })).result, 'granted')
  const block = await place({ service: 'carla', reason: 'customer' })
  const used = [{ type: 'voice', data: { seconds: '300' } }]
  const cut = await world.ask({ op: 'update', ...session, sequence: 1, used, requested })
  assert.deepEqual([cut.result, cut.reason, cut.amount], ['refused', 'service_blocked', '3.05000000'])
  assert.deepEqual(cut.groups?.[0]?.final, { action: 'terminate' })
  assert.deepEqual(cut.groups?.[0]?.granted, {})
  const held = (await world.balances('carla')).credit.held
  assert.equal(Number(held), 0, 'nothing is set aside any longer')
  const last = [{ type: 'voice', data: { seconds: '20' } }]
  assert.equal((await world.ask({ op: 'end', ...session, sequence: 2, used: last })).amount, '0.20000000')
  assert.equal(
    (await world.ask({ op: 'start', ...session, session: 'next', sequence: 0, requested })).reason,
    'service_blocked',
  )
  const advice = { source: 'gw', id: 'a', service: 'carla', type: 'voice', time: '2026-02-10T12:00:00Z' }
  const told = await client.post<Json>('/v1/charging/advice', { ...advice, data: { seconds: '60' } })
  assert.deepEqual([told['result'], told['reason']], ['refused', 'service_blocked'])
  await lift(block)
  assert.equal(
    (await world.ask({ op: 'start', ...session, session: 'next', sequence: 0, requested })).result,
    'granted',
  )
})

test('the same over TCP; a record that the network let pass is charged, whatever bars the service', async () => {
  const gateway = new ChargingClient({
    host: '127.0.0.1',
    port: app.tcpPort as number,
    key: app.rootKey,
    tenant: 'blocks',
  })
  const event = {
    op: 'event',
    source: 'sw',
    service: 'carla',
    type: 'call',
    time: '2026-02-10T12:00:00Z',
    data: {},
  } as const
  assert.equal((await gateway.request({ ...event, id: 't1' })).result, 'charged')
  const block = await place({ account: 'carla', reason: 'dunning_hard' })
  const refused = await gateway.request({ ...event, id: 't2' })
  assert.deepEqual(
    [refused.result, refused.reason, refused.detail],
    ['refused', 'service_blocked', 'dunning_hard, all'],
  )
  assert.equal(
    (await gateway.request({ ...event, id: 't1' })).duplicate,
    true,
    'what was charged before is answered as before',
  )
  const record = { source: 'cdr', id: 'r1', service: 'carla', type: 'call', time: '2026-02-10T12:00:00Z', data: {} }
  const answer = await client.post<Json>('/v1/usage', record)
  assert.equal(answer['charged'], 1)
  await lift(block)
  assert.equal((await gateway.request({ ...event, id: 't2' })).result, 'charged')
  await gateway.close()
})

test('which types are incoming use and data is a setting, and charging obeys it', async () => {
  const block = await place({ account: 'dora', reason: 'dunning_soft' })
  assert.deepEqual([await call('dora'), await data('dora')], ['service_blocked', 'charged'])
  await client.post('/v1/settings/service-blocks', { values: { incomingTypes: ['call'], dataTypes: [] } }, 'PUT')
  for (let tries = 0; tries < 100 && (await data('dora')) !== 'service_blocked'; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual([await call('dora'), await data('dora')], ['charged', 'service_blocked'])
  await client.post('/v1/settings/service-blocks', {}, 'DELETE')
  await lift(block)
})

test('what slows down bars nothing', async () => {
  const slow = await place({ service: 'dora', reason: 'dunning_soft', kbps: 64 })
  assert.equal(slow['scope'], 'all')
  assert.equal(await data('dora'), 'charged')
  const { state, kbps, barred } = await stateOf('dora')
  assert.deepEqual([state, kbps, barred], ['throttled', 64, []])
  await lift(slow)
})

test('a block of a time begins and ends by itself, and what happened is told once, in order', async () => {
  const freeze = await place({
    ...{ account: 'emil', reason: 'customer', note: 'holiday' },
    ...{ from: '2026-02-12T00:00:00Z', until: '2026-02-20T00:00:00Z' },
  })
  assert.equal(freeze.state, 'coming')
  assert.equal((await stateOf('emil')).state, 'open')
  assert.equal((await stateOf('emil', '2026-02-12T00:00:00Z')).state, 'blocked')
  assert.equal((await stateOf('emil', '2026-02-20T00:00:00Z')).state, 'open')
  const isTold = (count: number) => async (): Promise<boolean> => (await toldOf('emil')).length === count
  await world.moveClock('blocks', '2026-02-15T12:00:00Z', isTold(1))
  const at = { time: '2026-02-15T12:00:00Z' }
  const event = { op: 'event', service: 'emil', type: 'call', data: {}, ...at }
  assert.equal((await world.ask({ ...event, id: 'in-freeze' })).reason, 'service_blocked')
  await client.post('/v1/services', { key: 'emil-3', account: 'emil', validFrom: '2026-01-01T00:00:00Z' })
  assert.equal(
    (await world.ask({ ...event, id: 'new', service: 'emil-3' })).reason,
    'service_blocked',
    'also a service that came later',
  )
  await world.moveClock('blocks', '2026-02-25T12:00:00Z', isTold(2))
  assert.deepEqual(await toldOf('emil'), ['service.blocked blocked 1', 'service.opened open 2'])
  const [, opened] = await eventsOf('emil')
  assert.equal(opened?.['createdAt'], '2026-02-20T00:00:00.000Z', 'at the time of its end')
  assert.equal((await world.ask({ ...event, time: '2026-02-25T12:00:00Z', id: 'after' })).result, 'charged')
  const late = await request('POST', `/v1/blocks/${freeze.id}/lift`, { body: {} })
  assert.deepEqual([late.status, late.json['code']], [409, 'conflict'])
})

test('dunning places and lifts in transactions of its own: charging obeys soon, and what others have blocked stays', async () => {
  const db = connect(kvit.config.databaseUrl)
  after(async () => db.destroy())
  const { accountId } = await client.get<{ accountId: string }>('/v1/services/bernd')
  const schema = (await app.callers.findTenant('blocks'))?.schema ?? ''
  const nowMs = Date.parse('2026-02-25T12:00:00Z')
  const inDunning = async <T>(work: (within: Database) => Promise<T>): Promise<T> =>
    inTransaction(inSchema(db, schema), async (trx) => work(trx))
  const event = async (type: string, more: Json): Promise<string | undefined> => {
    const time = '2026-02-25T12:00:00Z'
    const { result, reason } = await world.ask({
      op: 'event',
      id: world.nextKey(),
      service: 'bernd',
      type,
      time,
      data: more,
    })
    return reason ?? result
  }
  const becomes = async (wanted: string): Promise<void> => {
    for (let tries = 0; tries < 100 && (await event('call', {})) !== wanted; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(await event('call', {}), wanted)
  }
  const asked = { accountId, serviceId: null }
  const [soft, hard] = [
    { key: 'dun-1', reason: 'dunning_soft' } as const,
    { key: 'dun-2', reason: 'dunning_hard' } as const,
  ]
  await inDunning(async (within) => {
    await placeDunningBlock(within, { ...asked, ...soft }, nowMs)
    await placeDunningBlock(within, { ...asked, ...hard, fromMs: nowMs + 1_000_000 }, nowMs)
  })
  await becomes('service_blocked')
  const own = await place({ service: 'bernd', reason: 'customer', scope: 'data' })
  assert.equal(await inDunning(async (within) => liftDunningBlocks(within, accountId, 'paid', nowMs)), 2)
  assert.equal(await inDunning(async (within) => liftDunningBlocks(within, accountId, 'paid', nowMs)), 0)
  await becomes('charged')
  assert.equal(await event('data', { mb: '1' }), 'service_blocked')
  assert.deepEqual((await stateOf('bernd')).reasons, ['customer'])
  await lift(own)
})

test('the commands place, show, list and lift', async () => {
  const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'blocks' }
  const run = async (...args: string[]): Promise<Json> => {
    const { code, out, err } = await runCommand([...args, '--json'], env)
    assert.equal(code, 0, err)
    return JSON.parse(out) as Json
  }
  const placed = await run(
    'block',
    'place',
    '--service',
    'emil',
    '--reason',
    'customer',
    '--key',
    'cli',
    '--kbps',
    '128',
  )
  assert.equal(placed['kbps'], 128)
  assert.equal((await run('block', 'state', 'emil'))['state'], 'throttled')
  const states = (await run('block', 'states', 'emil')) as unknown as State[]
  assert.deepEqual(
    states.map(({ service, state }) => `${service} ${state}`),
    ['emil throttled', 'emil-2 open', 'emil-3 open'],
  )
  const listed = (await run('block', 'list', '--account', 'emil', '--state', 'standing')) as unknown as Block[]
  assert.deepEqual(
    listed.map(({ id }) => id),
    [placed['id']],
  )
  assert.equal((await run('block', 'lift', String(placed['id']), '--note', 'enough'))['state'], 'lifted')
  assert.equal((await run('block', 'show', String(placed['id'])))['liftNote'], 'enough')
})

test('all checks hold', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
